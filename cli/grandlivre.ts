#!/usr/bin/env -S node --max-semi-space-size=16 --heap-growing-percent=50
import { reuseCompiled } from './compiled.ts'

reuseCompiled()
const { main } = await import('./main.ts')

// So that memory is what the program holds, above and in the scripts of package.json: V8 lets a heap grow to four times
// what lives in it before it collects, here to one and a half; and its nursery to 64 MB, where buffers of sockets wait to
// be freed.
const { env, stdout, stderr } = process
// Whoever reads our output may stop reading (`| head`); the command still ends as it should.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
// Everything was undone by now: what still holds the process open, a socket of a client perhaps, is let go.
process.exit(await main(process.argv.slice(2), { environment: env, stdout, stderr }))
