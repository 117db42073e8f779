import * as E from 'fp-ts/lib/Either.js'
import { z } from 'zod'
import { decide, person, type ErasureFacts } from '../../domain/organisation/person.ts'
import { PersonErased, PersonalDataExported } from '../../domain/organisation/person.events.ts'
import { user } from '../../domain/organisation/user.ts'
import { Purpose } from '../../domain/shared/protected.ts'
import { Uuid } from '../../domain/shared/values.ts'
import { defineCommand, step, type CommandContext, type FactReader } from '../definition.ts'
import { HOUSE_TIME_ZONE } from './users.ts'

const erasureFacts = async (
  { personId }: { readonly personId: string },
  read: FactReader,
  context: CommandContext,
): Promise<E.Either<never, ErasureFacts>> => {
  const [keys, account] = await Promise.all([read.personalKeys(personId), read.state(user, personId)])
  return E.right({
    keys,
    leftOn: account.status === 'left' ? account.leftOn : undefined,
    isActiveUser: account.status === 'active',
    today: context.dayIn(HOUSE_TIME_ZONE),
  })
}

const erasePerson = defineCommand({
  name: 'organisation.erasePerson',
  summary: { fr: 'Oublier une personne', en: 'Forget a person' },
  input: z.strictObject({
    personId: Uuid,
    purposes: z.array(Purpose).min(1).max(10),
    explanation: PersonErased.data.shape.explanation,
  }),
  roles: ['administrator'],
  facts: erasureFacts,
  steps: (input, facts) => [
    step({ aggregate: person, id: input.personId, decide: decide.erase(input, facts) }),
  ],
})

const recordPersonalDataExport = defineCommand({
  name: 'organisation.recordPersonalDataExport',
  summary: {
    fr: 'Consigner une sortie de données personnelles',
    en: 'Write down that personal data leaves the system',
  },
  input: PersonalDataExported.data,
  roles: ['administrator', 'sales', 'billing', 'accountant', 'chiefAccountant'],
  steps: input => [step({ aggregate: person, id: input.personId, decide: decide.recordExport(input) })],
})

export const personCommands = [erasePerson, recordPersonalDataExport]
