import { BYTE_ORDER_MARK, csvRow, csvText } from '../../../domain/shared/csv.ts'
import { roleWords } from '../../frame/words.ts'
import { save } from '../../lists/export.ts'
import { language, say } from '../../words/words.ts'
import { words as organisation } from '../words.ts'
import type { Rights } from './rights-page.tsx'
import { areaWords, words } from './words.ts'

/** Matrix, separations and who combines them, one below the other, as spreadsheets read them. */
export const rightsLines = ({ roles, commands, reads, combined }: Rights): readonly (readonly string[])[] => {
  const spoken = language()
  const summaries = new Map(commands.map(({ name, summary }) => [name, summary[spoken]]))
  const marks = (marked: Rights['roles']): readonly string[] =>
    roles.map(role => (marked.includes(role) ? 'x' : ''))
  const named = (names: readonly string[]): string =>
    names.map(name => summaries.get(name) ?? name).join(', ')
  return [
    [say(words.what), ...roles.map(role => say(roleWords[role]))],
    ...commands.map(command => [command.summary[spoken], ...marks(command.roles)]),
    ...reads.map(({ area, roles: marked }) => [
      `${say(words.reading)} : ${say(areaWords[area])}`,
      ...marks(marked),
    ]),
    [],
    [say(words.duty), say(words.separatedFrom)],
    ...commands
      .filter(({ separatedFrom }) => separatedFrom.length > 0)
      .map(({ summary, separatedFrom }) => [summary[spoken], named(separatedFrom)]),
    [],
    [say(organisation.user), say(words.duty), say(words.separatedFrom), say(words.place)],
    ...combined.map(({ userId, name, command, from, entityIds }) => [
      name ?? userId,
      summaries.get(command) ?? command,
      named(from),
      entityIds.map(id => (id === 'all' ? say(words.everywhere) : id)).join(', '),
    ]),
  ]
}

export const exportRights = (rights: Rights): void =>
  save(
    new Blob([BYTE_ORDER_MARK, ...rightsLines(rights).map(line => csvRow(line.map(csvText), language()))], {
      type: 'text/csv;charset=utf-8',
    }),
    `${say(organisation.rights)}.csv`,
  )
