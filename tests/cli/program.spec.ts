import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { Command } from 'commander'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { commands } from '../../cli/commands/index.ts'
import { createContext, Interrupted, type Context, type Register } from '../../cli/context.ts'
import { exitCodes, Failure } from '../../cli/failure.ts'
import { chooseLanguage } from '../../cli/language.ts'
import { main } from '../../cli/main.ts'
import {
  AccessLost,
  StoreReplaced,
  StoreShut,
  StoreUnavailable,
  StreamDamaged,
} from '../../event-store/port.ts'

type Run = { readonly code: number; readonly out: string; readonly err: string }

const capture = (): { stream: NodeJS.WriteStream; text: () => string } => {
  const stream = new PassThrough()
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => Buffer.concat(parts).toString() }
}

const run = async (
  args: string,
  options: { env?: NodeJS.ProcessEnv; with?: readonly Register[] } = {},
): Promise<Run> => {
  const [stdout, stderr] = [capture(), capture()]
  const world = { environment: options.env ?? {}, stdout: stdout.stream, stderr: stderr.stream }
  const code = await main(args.split(' ').filter(Boolean), world, options.with)
  return { code, out: stdout.text(), err: stderr.text() }
}

/** A command `try` that does what the test says. */
const trying =
  (action: (context: Context) => unknown): Register =>
  (program, context) => {
    program
      .command('try')
      .argument('[thing]')
      .option('--size <n>')
      .action(async () => {
        await action(context)
      })
  }
const failing = trying(() => {
  throw new Failure(
    'TOO_LATE',
    { en: 'It is too late.', fr: 'C’est trop tard.' },
    { exitCode: exitCodes.refused },
  )
})

describe('a server that is lost while a command works', () => {
  const lost: readonly (readonly [string, Error, RegExp])[] = [
    ['UNAVAILABLE', new StoreUnavailable('EventStoreDB did not answer: 14 UNAVAILABLE'), /ne répond plus/],
    [
      'UNAVAILABLE',
      Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
      /ne répond plus/,
    ],
    [
      'EVENTSTORE_ACCESS',
      new AccessLost({ cause: new Error('16 UNAUTHENTICATED') }),
      /ne laisse plus entrer/,
    ],
    ['LOG_REPLACED', new StoreReplaced('event 7 is gone'), /n’est pas le journal qui avait été lu/],
    ['LOG_MOVED', new StoreShut(), /est fermé ici/],
    ['STREAM_DAMAGED', new StreamDamaged('invoice-1', 'is deleted'), /Le flux invoice-1/],
  ]
  it.each(lost)(
    '%s is told in one sentence of the language, without words of a driver',
    async (code, error, french) => {
      const register = trying(() => {
        throw error
      })
      const { err, code: exit } = await run('try --lang fr', { with: [register] })
      expect(err.trim()).toMatch(french)
      expect(err).not.toMatch(/inattendue|UNAVAILABLE|ECONN|UNAUTHENTICATED|--debug/)
      expect(exit).toBe(exitCodes.failure)
      const json = await run('try --json --lang en', { with: [register] })
      expect(JSON.parse(json.err)).toMatchObject({ error: { code } })
    },
  )
})

describe('help', () => {
  const context = (): Context => {
    const world = { environment: {}, stdout: capture().stream, stderr: capture().stream }
    return createContext(world, 'fr', new AbortController().signal, () => ({}))
  }
  const all = (command: Command): readonly Command[] => command.commands.flatMap(sub => [sub, ...all(sub)])

  it('is there at every level and describes every command and option', async () => {
    const program = new Command()
    for (const register of commands) register(program, context())
    for (const command of all(program)) {
      expect(command.description(), command.name()).not.toBe('')
      for (const { flags, description } of command.options) expect(description, flags).not.toBe('')
      const path = []
      for (let at = command; at.parent; at = at.parent) path.unshift(at.name())
      const help = await run(`${path.join(' ')} --help`)
      expect(help).toMatchObject({ code: 0, err: '' })
      expect(help.out).toContain(`Usage: grandlivre ${path.join(' ')}`)
    }
  })

  it('speaks the language asked for, or else that of the machine', async () => {
    expect((await run('--help --lang fr')).out).toContain('Commandes :')
    expect((await run('--help', { env: { LANG: 'fr_FR.UTF-8' } })).out).toContain('Commandes :')
    expect((await run('--help')).out).toContain('Commands:')
    expect(chooseLanguage(['--lang=en'], { LANG: 'fr_FR.UTF-8' })).toBe('en')
    expect(chooseLanguage([], { LANG: 'fr_FR.UTF-8', LC_ALL: 'C' })).toBe('en')
  })

  it('is shown when no command is given, as an error', async () => {
    expect(await run('')).toMatchObject({
      code: exitCodes.usage,
      out: '',
      err: expect.stringContaining('Usage:') as string,
    })
  })
})

describe('arguments not understood', () => {
  it.each([
    ['bogus', "unknown command 'bogus'", 'commande inconnue : « bogus »'],
    ['try --bogus', "unknown option '--bogus'", 'option inconnue : « --bogus »'],
    ['try a b', 'too many arguments', 'arguments en trop'],
    ['try --size', "option '--size <n>' argument missing", 'valeur manquante pour l’option : « --size <n> »'],
    ['try --lang de', 'Allowed choices are fr, en', 'valeur refusée'],
  ])('%s', async (args, en, fr) => {
    const english = await run(args, { with: [failing] })
    expect(english).toMatchObject({ code: exitCodes.usage, out: '' })
    expect(english.err).toContain(en)
    expect((await run(args, { with: [failing], env: { LANG: 'fr_FR' } })).err).toContain(fr)
  })
})

describe('an argument that names nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'grandlivre-import-'))
  const comptoir = join(import.meta.dirname, '../fixtures/import/comptoir')
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['a profile', `import nowhere ${folder}`, 'PROFILE_UNKNOWN'],
    ['a folder', `import northwind ${join(folder, 'missing')}`, 'FILE_UNREADABLE'],
    [
      'a folder for rejects',
      `import ${join(comptoir, 'profile.json')} ${comptoir} --dry-run --rejects ${join(folder, 'missing', 'rejects.csv')}`,
      'REJECTS_NOT_WRITTEN',
    ],
  ])('%s is a misuse, told as such', async (_, args, code) => {
    const { err, ...result } = await run(`${args} --json`)
    expect(result).toMatchObject({ code: exitCodes.usage, out: '' })
    expect(JSON.parse(err)).toMatchObject({ error: { code } })
  })
})

describe('errors', () => {
  it('are one sentence without a stack, in the language of the reader', async () => {
    expect(await run('try', { with: [failing] })).toStrictEqual({
      code: 3,
      out: '',
      err: 'It is too late.\n',
    })
    expect((await run('try --lang fr', { with: [failing] })).err).toBe('C’est trop tard.\n')
  })

  it('are an object with --json', async () => {
    const { err, code } = await run('try --json', { with: [failing] })
    expect(code).toBe(3)
    expect(JSON.parse(err)).toStrictEqual({
      error: { code: 'TOO_LATE', message: 'It is too late.', facts: {} },
    })
  })

  it('that nobody foresaw are one sentence too, and show their causes with --debug', async () => {
    const surprise = trying(() => {
      throw new Error('surprise', { cause: new Error('deep down') })
    })
    const { err, code } = await run('try', { with: [surprise] })
    expect(code).toBe(exitCodes.failure)
    expect(err).toBe('Something unexpected went wrong: surprise (--debug shows where).\n')
    const debug = (await run('try --debug', { with: [surprise] })).err
    expect(debug).toContain('program.spec.ts')
    expect(debug).toContain('deep down')
  })
})

describe('a command', () => {
  it('prints its result to stdout: words, or one JSON document', async () => {
    const printing = trying(context => context.print({ events: 3n }, '3 events'))
    expect(await run('try', { with: [printing] })).toStrictEqual({ code: 0, out: '3 events\n', err: '' })
    expect(JSON.parse((await run('try --json', { with: [printing] })).out)).toStrictEqual({ events: 3 })
  })

  it('shows no progress in a pipe', async () => {
    const working = trying(context => {
      const progress = context.progress({ en: 'Working', fr: 'Travail' }, 2)
      progress.advance()
      progress.to(2)
      progress.end()
    })
    expect(await run('try', { with: [working] })).toStrictEqual({ code: 0, out: '', err: '' })
  })

  it('undoes what it opened, last first, also after an error, and fails when undoing fails', async () => {
    const undone: string[] = []
    const opening = trying(context => {
      context.onEnd(() => void undone.push('first'))
      context.onEnd(() => void undone.push('second'))
      throw new Error('no')
    })
    expect((await run('try', { with: [opening] })).code).toBe(exitCodes.failure)
    expect(undone).toStrictEqual(['second', 'first'])
    const leaking = trying(context => {
      context.onEnd(() => void undone.push('third'))
      context.onEnd(() => Promise.reject(new Error('stuck')))
    })
    expect(await run('try', { with: [leaking] })).toMatchObject({
      code: 1,
      err: expect.stringContaining('stuck') as string,
    })
    expect(undone.at(-1)).toBe('third')
  })

  it('ends, with everything undone, by an error that nobody awaited', async () => {
    const undone: string[] = []
    const stray = trying(context => {
      context.onEnd(() => void undone.push('all'))
      process.emit('uncaughtException', new Error('stray'))
      return new Promise(() => undefined)
    })
    expect(await run('try', { with: [stray] })).toMatchObject({
      code: 1,
      err: expect.stringContaining('stray') as string,
    })
    expect(undone).toStrictEqual(['all'])
  })

  it('is told of Ctrl-C and leaves with the code of an interruption', async () => {
    const waiting = trying(async context => {
      const interrupted = new Promise(resolve => context.signal.addEventListener('abort', resolve))
      process.emit('SIGINT')
      await interrupted
      throw new Interrupted()
    })
    expect(await run('try', { with: [waiting] })).toStrictEqual({
      code: 130,
      out: '',
      err: 'Stopping…\nInterrupted.\n',
    })
  })

  it('takes what follows the first Ctrl-C within two seconds for the same one, and a later one as an order', async () => {
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
    const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000)
    const repeated = trying(() => {
      process.emit('SIGINT')
      clock.mockReturnValue(10_030)
      process.emit('SIGINT')
      process.emit('SIGTERM')
      expect(exit).not.toHaveBeenCalled()
      clock.mockReturnValue(12_001)
      process.emit('SIGINT')
      expect(exit).toHaveBeenCalledExactlyOnceWith(exitCodes.interrupted)
    })
    try {
      expect(await run('try', { with: [repeated] })).toMatchObject({ code: 0, err: 'Stopping…\n' })
    } finally {
      clock.mockRestore()
      exit.mockRestore()
    }
  })
})
