import type { ApiDependencies } from '../dependencies.ts'

/** Names of users by their id; what the program did by itself has none. */
export const namesOf = async (
  { accounts }: Pick<ApiDependencies, 'accounts'>,
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const named = [...new Set(actors)].map(
    async actor => [actor, (await accounts.personOf(actor))?.name] as const,
  )
  const found = await Promise.all(named)
  return new Map(found.flatMap(([actor, name]) => (name === undefined ? [] : [[actor, name] as const])))
}
