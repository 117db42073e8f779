#!/usr/bin/env -S node --max-semi-space-size=8
import { reuseCompiled } from './compiled.ts'

reuseCompiled()
const { main } = await import('./main.ts')

// V8's nursery grows to 64 MB of garbage in any busy process, and buffers of sockets wait there to be freed: it is kept
// small above, and in the scripts of package.json, so that memory is what the program holds.
const { env, stdout, stderr } = process
// Whoever reads our output may stop reading (`| head`); the command still ends as it should.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
// Everything was undone by now: what still holds the process open, a socket of a client perhaps, is let go.
process.exit(await main(process.argv.slice(2), { environment: env, stdout, stderr }))
