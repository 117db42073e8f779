import { once } from 'node:events'
import type { Register } from '../context.ts'

/** `grandlivre start`: runs everything until Ctrl-C. */
export const register: Register = (program, context) => {
  program
    .command('start')
    .description(
      context.text({
        en: 'start the program and run until Ctrl-C',
        fr: 'démarrer le programme, jusqu’à Ctrl-C',
      }),
    )
    .option('--log <name>', context.text({ en: 'the log to open (main)', fr: 'le journal à ouvrir (main)' }))
    .action(async ({ log }: { log?: string }) => {
      const database = await context.openDatabase({ command: 'start', log, whenRunning: 'refuse' })
      context.say({ en: 'Ready. Ctrl-C stops it.', fr: 'Prêt. Ctrl-C l’arrête.' })
      const failure = await Promise.race([database.lost, once(context.signal, 'abort').then(() => undefined)])
      if (failure) throw failure
    })
}
