import { useId, type ReactNode } from 'react';

export interface Column<T> {
  readonly head: ReactNode;
  readonly cell: (row: T) => ReactNode;
  readonly number?: boolean;
}

export interface DataTableProps<T> {
  readonly caption: string;
  /** Where the caption is a name of the source. */
  readonly captionLanguage?: 'en';
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T, index: number) => string | number;
}

/** A plain table whose first column heads its rows. What is too wide for the screen scrolls by itself, by keyboard too. */
export function DataTable<T>({ caption, captionLanguage, columns, rows, rowKey }: DataTableProps<T>) {
  const id = useId();
  const [head, ...rest] = columns;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="scroll" role="group" aria-labelledby={id} tabIndex={0}>
      <table>
        <caption id={id} lang={captionLanguage}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col" className={column.number === true ? 'number' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)}>
              <th scope="row" className={head?.number === true ? 'number' : undefined}>
                {head?.cell(row)}
              </th>
              {rest.map((column, place) => (
                <td key={place} className={column.number === true ? 'number' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
