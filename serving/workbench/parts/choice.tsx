import type { ReactNode } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly help?: ReactNode;
}

/** One of several, from a list that opens: by mouse, by arrows, by typing the first letters. */
export function Choice({ label, options, chosen, onChoose, help }: ChoiceProps) {
  return (
    <Select
      className="field"
      value={chosen}
      onChange={(key) => {
        if (typeof key === 'string') onChoose(key);
      }}
    >
      <Label>{label}</Label>
      <Button className="select-button">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      {help}
      <Popover className="popover">
        <ListBox className="list" items={options}>
          {({ id, text }) => (
            <ListBoxItem id={id} textValue={text}>
              {text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
