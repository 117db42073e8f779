import { prepareEventStoreDb } from '../../../event-store/eventstoredb/prepare.ts'
import type { Context } from '../../context.ts'
import { Failure, exitCodes } from '../../failure.ts'
import { readSecretFile } from '../../settings.ts'
import { asFailure } from '../../vault-key.ts'

export interface PrepareOptions {
  readonly adminPasswordFile: string
  readonly opsPasswordFile: string
}

/** `grandlivre log prepare`: docs/operations.md. */
export const runPrepare = async (context: Context, options: PrepareOptions): Promise<void> => {
  const connectionString = context.eventStoreUrl()
  if (connectionString === undefined) throw serverMissing
  const user = await asFailure(
    prepareEventStoreDb({
      connectionString,
      adminPassword: readSecretFile(options.adminPasswordFile, '--admin-password-file'),
      opsPassword: readSecretFile(options.opsPasswordFile, '--ops-password-file'),
    }),
  )
  context.print(
    { user },
    context.text({
      en: `The server is ready: ${user} alone may read its log and append to it.`,
      fr: `Le serveur est prêt : ${user} seul peut lire son journal et y ajouter.`,
    }),
  )
}

const serverMissing = new Failure(
  'EVENTSTORE_URL_MISSING',
  {
    en: 'No server is named: give its address by --eventstore, EVENTSTORE_URL or EVENTSTORE_URL_FILE.',
    fr: 'Aucun serveur n’est désigné : donnez son adresse par --eventstore, EVENTSTORE_URL ou EVENTSTORE_URL_FILE.',
  },
  { exitCode: exitCodes.usage },
)
