/**
 * Runs after `npm ci`, on whatever Node runs npm: makes sure that `node` in the scripts of package.json is the
 * Node of the platform package. npm 10 drops the link again when it removes the package of the other platform,
 * because both offer a program of the same name.
 */
import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const program = join('..', `node-${process.platform}-${process.arch}`, 'bin', 'node')
const link = join(modules, '.bin', 'node')

if (!existsSync(join(modules, '.bin', program))) {
  console.error(
    `Grandlivre brings no Node for ${process.platform} on ${process.arch}; Linux on x64 or arm64 is needed.`,
  )
  process.exitCode = 1
} else if (!existsSync(link)) {
  mkdirSync(join(modules, '.bin'), { recursive: true })
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link)
  symlinkSync(program, link)
}
