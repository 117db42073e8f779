import { exitCodes, Failure } from '../failure.ts'
import type { Home } from '../home.ts'
import type { Holder } from './lock.ts'

export const alreadyRunning = (home: Home, holder: Holder | undefined): Failure => {
  const who = holder ? ` (${holder.command}, pid ${holder.pid})` : ''
  return new Failure(
    'ALREADY_RUNNING',
    {
      en: `Grandlivre is already running on ${home.folder}${who}; stop it first, or give this one its own folder in GRANDLIVRE_HOME.`,
      fr: `Grandlivre est déjà en marche sur ${home.folder}${who} ; arrêtez-le d’abord, ou donnez à celui-ci son propre dossier dans GRANDLIVRE_HOME.`,
    },
    { facts: { folder: home.folder, pid: holder?.pid ?? null }, exitCode: exitCodes.refused },
  )
}

/** Why the server did not start, from what it said; the common cause has a sentence of its own. */
export const startFailure = (said: string, port: number, logFile: string): Failure => {
  if (/Address already in use/.test(said)) {
    return new Failure(
      'POSTGRES_PORT_TAKEN',
      {
        en: `Port ${port} of the embedded PostgreSQL is taken by another program; stop that program, or write another "port" into postgres.json beside ${logFile}.`,
        fr: `Le port ${port} du PostgreSQL embarqué est pris par un autre programme ; arrêtez ce programme, ou inscrivez un autre « port » dans postgres.json à côté de ${logFile}.`,
      },
      { facts: { port } },
    )
  }
  const reason = /FATAL: .*/.exec(said)?.[0] ?? said.trim().split('\n').at(-1) ?? ''
  return new Failure(
    'POSTGRES_START_FAILED',
    {
      en: `The embedded PostgreSQL did not start (${reason}); its messages are in ${logFile}.`,
      fr: `Le PostgreSQL embarqué n’a pas démarré (${reason}) ; ses messages sont dans ${logFile}.`,
    },
    { facts: { reason, log: logFile } },
  )
}

export const serverLost = (logFile: string): Failure =>
  new Failure(
    'POSTGRES_LOST',
    {
      en: `The embedded PostgreSQL has ended unexpectedly; start again, nothing confirmed is lost. Its messages are in ${logFile}.`,
      fr: `Le PostgreSQL embarqué s’est arrêté de façon inattendue ; relancez, rien de ce qui fut confirmé n’est perdu. Ses messages sont dans ${logFile}.`,
    },
    { facts: { log: logFile } },
  )

export const passwordLost = (home: Home, data: string): Failure =>
  new Failure(
    'POSTGRES_PASSWORD_LOST',
    {
      en: `The data in ${data} is there, but postgres.json with its password is missing in ${home.folder}; restore that file.`,
      fr: `Les données de ${data} sont là, mais postgres.json avec leur mot de passe manque dans ${home.folder} ; restaurez ce fichier.`,
    },
    { facts: { folder: home.folder, data } },
  )

export const folderInUse = (data: string): Failure =>
  new Failure(
    'DATA_FOLDER_IN_USE',
    {
      en: `Another PostgreSQL works on ${data} and does not end; stop it first.`,
      fr: `Un autre PostgreSQL travaille sur ${data} et ne s’arrête pas ; arrêtez-le d’abord.`,
    },
    { facts: { data } },
  )
