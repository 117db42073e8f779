import { createHash } from 'node:crypto'
import { createAdministrator } from '../api/sign-in/administrator.ts'
import { setUpCompany } from '../integrations/company-setup.ts'
import { importKey } from '../integrations/import/ids.ts'
import type { Company } from '../integrations/import/company.ts'
import { createPlayer } from '../integrations/player.ts'
import { uuidv5 } from '../event-store/uuid.ts'
import type { Program } from './composition.ts'
import { Failure, exitCodes } from './failure.ts'
import { asPlayed, refusedFailure } from './refused.ts'
import { stageOf } from './stage.ts'

/**
 * Writes what a production log begins with: the legal entity with its books, series and terms, and the first
 * administrator. Ids and keys follow from the log, so that a run cut short goes on when it is repeated.
 * @throws Failure LOG_IS_SANDBOX; or what a rule refuses of the file
 */
export const openBooks = async (
  program: Program,
  company: Company,
  administrator: { readonly login: string; readonly name: string; readonly password: string },
): Promise<{ readonly entityId: string; readonly userId: string }> => {
  const { log, writeSide, vault } = program
  if (log.kind !== 'production') throw isSandbox(log.name)
  const entityId = uuidv5(log.id, `entity ${company.code}`)
  const player = createPlayer(stageOf(program, 'cli'), { kind: 'operator' })
  // A refusal is bound to its key: a corrected file asks anew.
  const file = createHash('sha256').update(JSON.stringify(company)).digest('hex')
  await asPlayed(setUpCompany(player, entityId, company, (...step) => importKey('init', file, ...step)))
  const created = await createAdministrator({ commands: writeSide.handler, vault }, administrator)
  if ('refused' in created) throw refusedFailure(created.refused)
  return { entityId, userId: created.userId }
}

const isSandbox = (name: string): Failure =>
  new Failure(
    'LOG_IS_SANDBOX',
    {
      en: `This log (${name}) is a sandbox and stays one; open another one with --log.`,
      fr: `Ce journal (${name}) est un bac à sable et le reste ; ouvrez-en un autre avec --log.`,
    },
    { facts: { log: name }, exitCode: exitCodes.refused },
  )
