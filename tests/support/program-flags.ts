import { readFileSync } from 'node:fs'

const program = new URL('../../cli/grandlivre.ts', import.meta.url)

/** The flags that the program gives Node: those of its first line. What is measured elsewhere is measured with them. */
export const programFlags = (): readonly string[] => {
  const [first = ''] = readFileSync(program, 'utf8').split('\n')
  return first.split(' ').filter(word => word.startsWith('--'))
}
