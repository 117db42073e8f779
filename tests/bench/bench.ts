import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { run as appends } from './append.bench.ts'
import { run as eventstore } from './eventstore.bench.ts'
import { run as http } from './http.bench.ts'
import { run as moves } from './move.bench.ts'
import { run as numbers } from './numbers.bench.ts'
import { run as readModels } from './rebuild.bench.ts'
import { run as screens } from './screens.bench.ts'
import { holds, percentOfRaw, printed } from './section.ts'
import type { Section } from './section.ts'

/**
 * `npm run bench [-- <section> …] [-- --json]`: what the program does on this machine, beside what the bare server
 * does in the same run. Each section starts a PostgreSQL of its own, durable, and removes it. Ends with 0 also where
 * goals are missed: docs/performance.md says why.
 */
const SECTIONS: Readonly<Record<string, () => Promise<Section | readonly Section[]>>> = {
  appends,
  eventstore,
  invoices: http,
  moves,
  numbers,
  readModels,
  screens,
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.filter(name => !(name in SECTIONS))
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}: there are ${Object.keys(SECTIONS).join(', ')}`)
  process.exit(2)
}

const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB`
if (!values.json) console.log(`${machine}\n`)
const measured: Section[] = []
for (const [name, run] of Object.entries(SECTIONS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const sections = [await run()].flat()
  measured.push(...sections)
  if (!values.json) for (const section of sections) console.log(`${printed(section)}\n`)
}
if (values.json) {
  const sections = measured.map(({ title, figures }) => ({
    title,
    figures: figures.map(figure => ({ ...figure, percentOfRaw: percentOfRaw(figure), held: holds(figure) })),
  }))
  console.log(JSON.stringify({ machine, sections }, undefined, 2))
}
