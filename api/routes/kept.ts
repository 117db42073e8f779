import { z } from 'zod'
import { Role } from '../../domain/organisation/user.events.ts'
import type { Grant } from '../../domain/organisation/user.events.ts'
import { text } from '../../domain/shared/values.ts'
import { KEPT_MAX } from '../preferences/shelf.ts'
import type { Kept, Shelf } from '../preferences/shelf.ts'
import { Problem } from '../problems.ts'
import type { Account, Accounts } from '../sign-in/accounts.ts'
import { invalidParameter, notFound } from './reading.ts'

/** What routes of things kept under a name have in common: whose they are, and with whom they are shared. */

export const keptInput = {
  name: text(80),
  sharedWith: z.array(Role).max(Role.options.length).describe('Roles whose holders see it too: one’s own'),
}

export const keptAnswer = {
  name: text(80),
  sharedWith: z.array(z.string()),
  mine: z.boolean().describe('Only its owner changes or removes it'),
  ownerName: z.string().optional(),
}

export const rolesOf = (grants: readonly Grant[]): readonly string[] => [
  ...new Set(grants.map(({ role }) => role)),
]

interface Shelved<C> {
  readonly shelf: Shelf<C>
  readonly account: Account
  /** Of the account, where the thing is kept. */
  readonly roles: readonly string[]
}

/** What is kept at a place, each with whose it is. */
export const keptAt = async <C>(
  accounts: Pick<Accounts, 'personOf'>,
  { shelf, account, roles }: Shelved<C>,
  place: string,
) => {
  const kept = await shelf.of({ userId: account.userId, roles }, place)
  return Promise.all(
    kept.map(async ({ ownerId, ...rest }) => {
      if (ownerId === account.userId) return { ...rest, mine: true }
      const owner = await accounts.personOf(ownerId)
      return { ...rest, mine: false, ...(owner && { ownerName: owner.name }) }
    }),
  )
}

/** @throws Problem for roles that one has not, for what is another person's, and for one too many */
export const keep = async <C>(
  { shelf, account, roles }: Shelved<C>,
  kept: Omit<Kept<C>, 'ownerId'>,
): Promise<void> => {
  if (!kept.sharedWith.every(role => roles.includes(role))) throw notYourTeam()
  const outcome = await shelf.put({ ...kept, ownerId: account.userId })
  if (outcome === 'notYours') throw notYours()
  if (outcome === 'tooMany') throw tooMany()
}

/** @throws Problem NOT_FOUND for what is not one's own */
export const removeKept = async (
  shelf: Shelf<unknown>,
  { userId }: Pick<Account, 'userId'>,
  id: string,
): Promise<void> => {
  if (!(await shelf.remove(userId, id))) throw notFound()
}

const notYourTeam = (): Problem =>
  invalidParameter('sharedWith', {
    fr: 'des rôles que vous avez vous-même',
    en: 'roles that you have yourself',
  })

const tooMany = (): Problem =>
  invalidParameter('name', {
    fr: `${KEPT_MAX} par personne au plus : supprimez-en`,
    en: `${KEPT_MAX} per person at most: remove one`,
  })

const notYours = (): Problem =>
  new Problem('FORBIDDEN', {
    fr: 'Ceci est à une autre personne : enregistrez le vôtre sous un autre nom.',
    en: 'This is another person’s: save yours under another name.',
  })
