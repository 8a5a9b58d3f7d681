/** The scores bought from outside and the term: where the best public model looks for neighbours. */
export const AXES = ['ext_1', 'ext_2', 'ext_3', 'term'] as const;
export type Axis = (typeof AXES)[number];

/** Mean and standard deviation of each axis: where its middle is, and how long a step. */
export type Space = Readonly<Record<Axis, { readonly mean: number; readonly sd: number }>>;

/** Arrays of one length; NaN where unknown. */
export type Coordinates = Readonly<Record<Axis, Float64Array>>;

/** The value on each axis, and whether it is unknown. */
export const DIMENSIONS = AXES.length * 2;

export function measureSpace(coordinates: Coordinates): Space {
  return {
    ext_1: spread(coordinates.ext_1),
    ext_2: spread(coordinates.ext_2),
    ext_3: spread(coordinates.ext_3),
    term: spread(coordinates.term),
  };
}

function spread(values: Float64Array): { readonly mean: number; readonly sd: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { mean: 0, sd: 1 };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return { mean, sd: sd > 0 ? sd : 1 };
}

/** Row-major points. What is unknown lies in the middle of its axis, and one standard deviation away on an axis of its own. */
export function placePoints(space: Space, coordinates: Coordinates): Float64Array {
  const points = new Float64Array(coordinates.term.length * DIMENSIONS);
  for (const [place, axis] of AXES.entries()) {
    const { mean, sd } = space[axis];
    coordinates[axis].forEach((value, row) => {
      const at = row * DIMENSIONS + place;
      if (Number.isNaN(value)) points[at + AXES.length] = 1;
      else points[at] = (value - mean) / sd;
    });
  }
  return points;
}
