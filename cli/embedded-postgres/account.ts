import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { Failure } from '../failure.ts'

/**
 * The account PostgreSQL runs as. PostgreSQL refuses root, so a program started by root lends it another
 * account; any other user runs it as himself (`undefined`: nothing to change).
 */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

/** The account created when root starts the program on a machine without an account `postgres`. */
const ownAccountName = 'grandlivre'

const isRoot = (): boolean => process.getuid?.() === 0

const accounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .flatMap(([name, , uid, gid]) =>
      name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [],
    )

const accountNamed = (name: string): Account | undefined => accounts().find(account => account.name === name)

/** useradd is Debian's, Red Hat's and SUSE's; adduser is BusyBox's. */
const createAccount = (): Account => {
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/bin/false',
    ownAccountName,
  ])
  if (!accountNamed(ownAccountName))
    spawnSync('adduser', ['-S', '-D', '-H', '-s', '/bin/false', ownAccountName])
  const account = accountNamed(ownAccountName)
  if (account) return account
  throw new Failure('POSTGRES_ACCOUNT_MISSING', {
    en: `PostgreSQL refuses to run as root and no account for it could be created; create one, for instance with "useradd --system ${ownAccountName}", or start the program as another user.`,
    fr: `PostgreSQL refuse de tourner en root et aucun compte n’a pu être créé pour lui ; créez-en un, par exemple avec « useradd --system ${ownAccountName} », ou lancez le programme sous un autre utilisateur.`,
  })
}

/**
 * Which account the server must run as, or undefined when it runs as the user himself.
 * An existing data folder decides: its owner is the only account that PostgreSQL accepts for it.
 */
export const serverAccount = (dataFolder?: string): Account | undefined => {
  if (!isRoot()) return undefined
  const owner = dataFolder === undefined ? undefined : statSync(dataFolder, { throwIfNoEntry: false })?.uid
  const ofOwner = owner === undefined || owner === 0 ? undefined : accounts().find(({ uid }) => uid === owner)
  return ofOwner ?? accountNamed('postgres') ?? accountNamed(ownAccountName) ?? createAccount()
}

/** Spawn options that give a child process to the account; empty for the user himself. */
export const asAccount = (account: Account | undefined): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {}

/** Whether the account can do with the path what `test` asks: "-r", "-w", "-x". Asked of the kernel, as that account. */
export const accountCan = (account: Account | undefined, test: '-r' | '-w' | '-x', path: string): boolean =>
  spawnSync('/bin/sh', ['-c', `test ${test} "$0"`, path], { ...asAccount(account), cwd: '/' }).status === 0
