#!/usr/bin/env node
import { main } from './main.ts'

const { env, stdout, stderr } = process
// Whoever reads our output may stop reading (`| head`); the command still ends as it should.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
// Everything was undone by now: what still holds the process open, a socket of a client perhaps, is let go.
process.exit(await main(process.argv.slice(2), { environment: env, stdout, stderr }))
