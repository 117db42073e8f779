import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { projectFolder } from '../home.ts'

/**
 * The screens are built by the first start and kept until a source of theirs changes: the folder of a build is named
 * by the digest of what went into it.
 */

const BUILDS = join(projectFolder, 'screens', '.built')

/** What the build reads: the screens, the domain that they compute with, the versions of the libraries. */
const SOURCES = [
  'screens/**/*.{ts,tsx,css,html}',
  'domain/**/*.ts',
  'package-lock.json',
  'cli/screens/build.ts',
]

/** Where the build of the present sources lies, or will lie. */
export const buildFolder = (): string => {
  const files = globSync([...SOURCES], { cwd: projectFolder }).sort()
  const digests = files.map(file => `${file} ${hash('sha256', readFileSync(join(projectFolder, file)))}`)
  return join(BUILDS, hash('sha256', digests.join('\n')).slice(0, 16))
}

export const isBuilt = (folder: string): boolean => existsSync(join(folder, 'index.html'))

/**
 * The folder of the screens, built first where it is missing. In a process of its own: the builder takes memory that a
 * server should not keep, and the demonstration is played meanwhile.
 * @returns undefined where they cannot be built: then the program says why, and answers the API alone
 */
export const builtScreens = async (context: Pick<Context, 'say' | 'signal'>): Promise<string | undefined> => {
  const folder = buildFolder()
  if (isBuilt(folder)) return folder
  context.say({
    en: 'Building the screens, once: some seconds.',
    fr: 'Construction des écrans, une seule fois : quelques secondes.',
  })
  const failure = await runBuild(context.signal)
  if (failure === undefined) return folder
  context.say({
    en: `The screens could not be built; only the API answers. ${failure}`,
    fr: `Les écrans n’ont pas pu être construits ; seule l’API répond. ${failure}`,
  })
  return undefined
}

/** @returns what the builder said where it failed */
const runBuild = (signal: AbortSignal): Promise<string | undefined> =>
  new Promise(resolve => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'build.ts')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Libraries have another, slower version of themselves for every other environment.
      env: { ...process.env, NODE_ENV: 'production' },
      signal,
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', error => resolve(error.message))
    child.once('close', code => resolve(code === 0 ? undefined : said.trim()))
  })
