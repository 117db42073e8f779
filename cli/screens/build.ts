import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { projectFolder } from '../home.ts'
import { buildFolder, isBuilt } from './built.ts'

/** `npm run screens:build`: makes the folder that `start` serves. */

/** A running program may still serve the build before this one. */
const BUILDS_KEPT = 2

const buildScreens = async (): Promise<void> => {
  const folder = buildFolder()
  if (isBuilt(folder)) return
  // Two programs may build at once: each in a folder of its own, and the first to finish gives it its name.
  const unfinished = `${folder}.${process.pid}`
  try {
    mkdirSync(unfinished, { recursive: true })
    await build({
      configFile: join(projectFolder, 'screens', 'vite.config.ts'),
      // Libraries mark files for servers that draw pages: a thousand warnings, none of them ours.
      logLevel: 'error',
      build: { outDir: unfinished, emptyOutDir: true },
    })
    await compress(join(unfinished, 'assets'))
    if (!isBuilt(folder)) renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  removeOldBuilds(dirname(folder))
}

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** Beside each file what is sent of it, made once instead of at every answer. */
const compress = async (folder: string): Promise<void> => {
  const texts = readdirSync(folder).filter(name => /\.(?:js|css|svg)$/.test(name))
  await Promise.all(
    texts.map(async name => {
      const file = join(folder, name)
      const text = await readFile(file)
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
      await Promise.all([
        brotli(text, { params }).then(short => writeFile(`${file}.br`, short)),
        gzipped(text, { level: constants.Z_BEST_COMPRESSION }).then(short => writeFile(`${file}.gz`, short)),
      ])
    }),
  )
}

const removeOldBuilds = (builds: string): void => {
  const finished = readdirSync(builds)
    .filter(name => isBuilt(join(builds, name)))
    .map(name => ({ name, builtAtMs: statSync(join(builds, name)).mtimeMs }))
    .toSorted((a, b) => b.builtAtMs - a.builtAtMs)
  for (const { name } of finished.slice(BUILDS_KEPT)) rmSync(join(builds, name), { recursive: true })
}

await buildScreens()
