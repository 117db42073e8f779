import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useConnected } from '../api/connection.ts'
import { say, useSay } from '../words/words.ts'
import classes from './shell.module.css'
import { tell } from './tell.ts'
import { words } from './words.ts'

/** Says that the program does not answer, and goes away by itself once it does; then everything is read anew. */
export const ConnectionBanner = () => {
  const saying = useSay()
  const connected = useConnected()
  const client = useQueryClient()
  const was = useRef(true)
  useEffect(() => {
    if (connected && !was.current) {
      tell(say(words.back))
      void client.invalidateQueries()
    }
    was.current = connected
  }, [connected, client])
  if (connected) return null
  return (
    <div className={classes['offline']} role="alert">
      {saying(words.offline)}
    </div>
  )
}
