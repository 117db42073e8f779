const BROWSERS = [
  ['Edge', /\bEdg\//],
  ['Firefox', /\bFirefox\//],
  ['Chrome', /\b(?:Headless)?Chrome\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['Windows', /Windows/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

type Known = readonly (readonly [string, RegExp])[]

const named = (known: Known, agent: string): string | undefined =>
  known.find(([, pattern]) => pattern.test(agent))?.[0]

/** What people call what a browser says of itself: enough to know one's sessions apart. */
export const agentName = (agent: string): string | undefined => {
  const names = [named(BROWSERS, agent), named(SYSTEMS, agent)].filter(name => name !== undefined)
  return names.length === 0 ? undefined : names.join(', ')
}
