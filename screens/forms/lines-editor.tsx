import { ActionIcon, Button } from '@mantine/core'
import type { ClipboardEvent } from 'react'
import { sum } from '../../domain/shared/money.ts'
import { ChoiceInput } from '../shapes/choice-input.tsx'
import { ParsedInput } from '../shapes/parsed-input.tsx'
import { isReference, ReferencePicker } from '../shapes/reference.tsx'
import { isChoice } from '../shapes/shapes.tsx'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Foot, Line, LineColumn, Lines, Values } from './declaration.ts'
import classes from './forms.module.css'
import { isTable, pastedLines } from './pasted-lines.ts'
import type { FormAtWork } from './use-form.ts'
import { placeOf, useGridKeys } from './use-grid-keys.ts'
import type { Place } from './use-grid-keys.ts'
import { words } from './words.ts'

const linesIn = (of: Lines, values: Values): readonly Line[] => (values[of.name] ?? []) as readonly Line[]

/** Lines in a grid, typed without a mouse, or pasted from a spreadsheet. */
export const LinesEditor = ({ lines: of, work }: { readonly lines: Lines; readonly work: FormAtWork }) => {
  const say = useSay()
  const values = work.values ?? {}
  const lines = linesIn(of, values)
  // What is looked up comes later, when other cells may have been filled in.
  const edit = (next: (lines: readonly Line[]) => readonly Line[]): void =>
    work.set(known => ({ [of.name]: next(linesIn(of, known)) }))
  const change = (row: number, changed: (line: Line) => Line): void =>
    edit(known => known.map((line, i) => (i === row ? changed(line) : line)))
  const add = (): void => edit(known => (of.empty ? [...known, of.empty(known.at(-1))] : known))
  const fill = ({ row, column }: Place): void => {
    const missing = of.columns[column]?.missing?.(lines, row, values)
    if (missing) change(row, line => ({ ...line, ...missing }))
  }
  const { grid, press } = useGridKeys(of, lines.length, { add, fill })
  const paste = (event: ClipboardEvent): void => {
    const place = placeOf(event)
    const text = event.clipboardData.getData('text/plain')
    if (!place || !isTable(text)) return
    event.preventDefault()
    void pastedLines(of, lines, { text, ...place, values }).then(pasted => edit(() => pasted))
  }
  return (
    <section className={classes['lines']} aria-label={say(of.label)}>
      <table ref={grid} onKeyDown={press} onPaste={paste}>
        <Head of={of} />
        <tbody>
          {lines.map((line, row) => (
            <LineRow
              key={row}
              of={of}
              line={line}
              row={row}
              work={work}
              onChange={changed => change(row, changed)}
              onRemove={() => edit(known => known.filter((_, i) => i !== row))}
            />
          ))}
        </tbody>
        {of.total && <Totals lines={lines} of={of} />}
        {of.foot && <Feet of={of} rows={of.foot(lines, values)} />}
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
  readonly row: number
  readonly work: FormAtWork
  readonly onChange: (change: (line: Line) => Line) => void
  readonly onRemove: () => void
}

const LineRow = ({ of, line, row, work, onChange, onRemove }: RowProps) => {
  const say = useSay()
  const formats = useFormats()
  const total = of.total?.of(line)
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
            values={work.values ?? {}}
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

interface CellProps {
  readonly column: LineColumn
  readonly line: Line
  readonly values: Values
  readonly label: string
  readonly error: string | undefined
  readonly onChange: (change: (line: Line) => Line) => void
  readonly onBlur: () => void
  readonly onWaiting: FormAtWork['onWaiting']
}

const defined = (line: Line): Line =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))

const LineCell = ({ column, line, values, label, error, onChange, onBlur, onWaiting }: CellProps) => {
  const { name, as, fixed, picked, typed, within, when, otherwise } = column
  const value = line[name]
  if (fixed) return <Value as={as} value={value} />
  if (when?.(line) === false) return <>{otherwise?.(line)}</>
  const common = { label, hideLabel: true, error, onBlur }
  if (isReference(as))
    return (
      <ReferencePicker
        {...common}
        reference={as}
        onWaiting={onWaiting}
        required
        value={typeof value === 'string' ? value : undefined}
        within={within?.(values)}
        onPick={(id, row, late) =>
          onChange(present => {
            const chosen = { ...present, [name]: id, ...picked?.(row ?? {}) }
            return late ? { ...chosen, ...defined(present) } : chosen
          })
        }
      />
    )
  if (isChoice(as))
    return (
      <ChoiceInput
        {...common}
        as={as}
        required
        value={typeof value === 'string' ? value : undefined}
        onChoose={chosen => onChange(known => ({ ...known, [name]: chosen }))}
      />
    )
  return (
    <ParsedInput
      {...common}
      as={as}
      value={value as string | number | undefined}
      onValue={parsed => onChange(present => ({ ...present, [name]: parsed, ...typed?.(parsed) }))}
    />
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
