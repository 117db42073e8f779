import { ActionIcon, Button } from '@mantine/core'
import { sum } from '../../domain/shared/money.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Foot, Line, Lines, Values } from './declaration.ts'
import classes from './forms.module.css'
import { readable } from './input.ts'
import { LineCell } from './line-cell.tsx'
import { useLineIds } from './line-ids.ts'
import type { FormAtWork } from './use-form.ts'
import { useGridKeys } from './use-grid-keys.ts'
import type { Place } from './use-grid-keys.ts'
import { usePaste } from './use-paste.ts'
import { words } from './words.ts'

const linesIn = (of: Lines, values: Values): readonly Line[] => (values[of.name] ?? []) as readonly Line[]

/** Lines in a grid, typed without a mouse, or pasted from a spreadsheet. */
export const LinesEditor = ({ lines: of, work }: { readonly lines: Lines; readonly work: FormAtWork }) => {
  const say = useSay()
  const lines = linesIn(of, work.values ?? {})
  // What is computed here is computed of what can be read.
  const values = readable(work.values ?? {})
  const known = linesIn(of, values)
  const ids = useLineIds(lines.length)
  // What is looked up comes later, when other cells may have been filled in, and other lines removed.
  const edit = (next: (lines: readonly Line[]) => readonly Line[]): void =>
    work.set(now => ({ [of.name]: next(linesIn(of, now)) }))
  const change = (id: string, changed: (line: Line) => Line): void => {
    const row = ids.rowOf(id)
    edit(now => now.map((line, i) => (i === row ? changed(line) : line)))
  }
  const remove = (id: string): void => {
    const row = ids.remove(id)
    edit(now => now.filter((_, i) => i !== row))
  }
  const add = (): void => edit(now => (of.empty ? [...now, of.empty(now.at(-1))] : now))
  const fill = ({ row, column }: Place): void => {
    const missing = of.columns[column]?.missing?.(known, row, values)
    if (missing) change(ids.of(row), line => ({ ...line, ...missing }))
  }
  const { grid, press } = useGridKeys(of, lines.length, { add, fill })
  const paste = usePaste(of, work, { ids, edit })
  return (
    <section className={classes['lines']} aria-label={say(of.label)}>
      <table ref={grid} onKeyDown={press} onPaste={paste}>
        <Head of={of} />
        <tbody>
          {lines.map((line, row) => (
            <LineRow
              key={ids.of(row)}
              of={of}
              line={line}
              known={known[row] ?? {}}
              values={values}
              row={row}
              work={work}
              onChange={changed => change(ids.of(row), changed)}
              onRemove={() => remove(ids.of(row))}
            />
          ))}
        </tbody>
        {of.total && <Totals lines={known} of={of} />}
        {of.foot && <Feet of={of} rows={of.foot(known, values)} />}
      </table>
      {of.empty && (
        <div className={classes['lines-foot']}>
          <Button variant="default" onClick={add}>
            {say(words.addLine)}
          </Button>
          <span>
            {say(words.linesHint)} {of.columns.some(({ missing }) => missing) && say(words.missingHint)}
          </span>
        </div>
      )}
    </section>
  )
}

const Head = ({ of }: { readonly of: Lines }) => {
  const say = useSay()
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="hidden-text">{say(words.line, { n: '' })}</span>
        </th>
        {of.columns.map(({ name, label, as, width }) => (
          <th key={name} scope="col" className={as.figure ? 'figure' : undefined} style={{ width }}>
            {say(label)}
          </th>
        ))}
        {of.total && (
          <th scope="col" className="figure" style={{ width: 120 }}>
            {say(of.total.label)}
          </th>
        )}
        {of.empty && <td style={{ width: 36 }} />}
      </tr>
    </thead>
  )
}

interface RowProps {
  readonly of: Lines
  readonly line: Line
  /** The same without what cannot be read, and so the form. */
  readonly known: Line
  readonly values: Values
  readonly row: number
  readonly work: FormAtWork
  readonly onChange: (change: (line: Line) => Line) => void
  readonly onRemove: () => void
}

const LineRow = ({ of, line, known, values, row, work, onChange, onRemove }: RowProps) => {
  const say = useSay()
  const formats = useFormats()
  const total = of.total?.of(known)
  return (
    <tr>
      <th scope="row">{row + 1}</th>
      {of.columns.map((column, i) => (
        <td
          key={column.name}
          data-cell={column.fixed ? undefined : `${row}.${i}`}
          className={column.as.figure ? 'figure' : undefined}
        >
          <LineCell
            column={column}
            line={line}
            known={known}
            values={values}
            insists={work.insists}
            label={`${say(column.label)}, ${say(words.line, { n: row + 1 })}`}
            error={work.errorOf(`${of.name}.${row}.${column.name}`)}
            onChange={onChange}
            onBlur={() => work.touch(of.name)}
            onWaiting={work.onWaiting}
          />
        </td>
      ))}
      {of.total && <td className="figure">{total === undefined ? '' : formats.amount(Number(total))}</td>}
      {of.empty && (
        <td>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={say(words.removeLine, { n: row + 1 })}
            onClick={onRemove}
          >
            ×
          </ActionIcon>
        </td>
      )}
    </tr>
  )
}

const Totals = ({ lines, of }: { readonly lines: readonly Line[]; readonly of: Lines }) => {
  const say = useSay()
  const formats = useFormats()
  const total = sum(lines.map(line => of.total?.of(line) ?? 0n))
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={of.columns.length + 1} className="figure">
          {say(words.total)}
        </th>
        <td className="figure">{formats.amount(Number(total))}</td>
        {of.empty && <td />}
      </tr>
    </tfoot>
  )
}

/** Rows of figures below their columns. */
const Feet = ({ of, rows }: { readonly of: Lines; readonly rows: readonly Foot[] }) => {
  const say = useSay()
  const formats = useFormats()
  const first = of.columns.findIndex(({ name }) => rows.some(({ figures }) => name in figures))
  return (
    <tfoot>
      {rows.map(({ label, figures, tone }) => (
        <tr key={label} data-tone={tone}>
          <th scope="row" colSpan={first + 1} className="figure">
            {say(label)}
          </th>
          {of.columns.slice(first).map(({ name }) => (
            <td key={name} className="figure">
              {figures[name] === undefined ? '' : formats.amount(Number(figures[name]))}
            </td>
          ))}
          {of.empty && <td />}
        </tr>
      ))}
    </tfoot>
  )
}
