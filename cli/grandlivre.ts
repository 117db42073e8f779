#!/usr/bin/env node
import { main } from './main.ts'

const { env, stdout, stderr } = process
process.exitCode = await main(process.argv.slice(2), { environment: env, stdout, stderr })
