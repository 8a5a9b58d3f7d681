import { Button, Input, Label, NumberField, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import { changeWords } from './change-words.ts';
import type { WhatIfAnswer } from './what-if-answer.ts';

interface FieldSliderProps {
  readonly range: WhatIfAnswer['fields'][number];
  /** Null where the form leaves it open. */
  readonly value: number | null;
  readonly onChange: (value: number) => void;
}

/** A hundred steps or so from end to end, each a round number. */
function stepOf(low: number, high: number): number {
  return 10 ** Math.max(0, Math.floor(Math.log10((high - low) / 50)));
}

/** One changeable field: a slider over the usual range and a box for an exact value. */
export function FieldSlider({ range, value, onChange }: FieldSliderProps) {
  const words = useWords(changeWords);
  const { language } = useLanguage();
  const format = useFormat();
  const label = range.label[language];
  const step = stepOf(range.low, range.high);
  const [low, high] = [Math.floor(range.low / step) * step, Math.ceil(range.high / step) * step];
  const take = (next: number) => {
    // The step nearest to what was asked for is what was asked for.
    const near = range.current !== null && Math.abs(next - range.current) < step / 2;
    if (Number.isFinite(next) && next > 0) onChange(near && range.current !== null ? range.current : next);
  };
  return (
    <div className="slider" data-field={range.field}>
      <NumberField className="field" value={value ?? Number.NaN} onChange={take} minValue={1} step={1}>
        <Label>{label}</Label>
        <div className="number-field">
          <Button slot="decrement" className="button steps">
            −
          </Button>
          <Input className="input" />
          <Button slot="increment" className="button steps">
            +
          </Button>
        </div>
      </NumberField>
      <p className="note">{words.asked(range.current === null ? words.asIs : format.amount(range.current))}</p>
      <Slider
        className="slider-line"
        aria-label={words.slider(label)}
        minValue={low}
        maxValue={high}
        step={step}
        value={Math.min(high, Math.max(low, value ?? low))}
        onChange={take}
        formatOptions={{ maximumFractionDigits: 0 }}
      >
        <SliderTrack className="slider-track">
          <SliderThumb className="slider-thumb" />
        </SliderTrack>
      </Slider>
      <p className="slider-ends">
        <span>{format.amount(low)}</span>
        <span>{words.usual}</span>
        <span>{format.amount(high)}</span>
      </p>
    </div>
  );
}
