import { useEffect, useState } from 'react'

/** What can be opened from anywhere: a function that opens it, and whether it is open for the one who shows it. */
export const makeOpener = (): {
  readonly open: () => void
  readonly useOpened: () => readonly [boolean, (opened: boolean) => void]
} => {
  const asked = new EventTarget()
  return {
    open: () => void asked.dispatchEvent(new Event('open')),
    useOpened: () => {
      const [opened, setOpened] = useState(false)
      useEffect(() => {
        const show = (): void => setOpened(true)
        asked.addEventListener('open', show)
        return () => asked.removeEventListener('open', show)
      }, [])
      return [opened, setOpened]
    },
  }
}
