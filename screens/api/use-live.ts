import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { onChange } from './live.ts'

/** Reads again what was read under a name, whenever rows of a projection change. */
export const useLive = (projection: string, name: string): void => {
  const client = useQueryClient()
  useEffect(
    () => onChange(projection, () => void client.invalidateQueries({ queryKey: [name] })),
    [client, projection, name],
  )
}
