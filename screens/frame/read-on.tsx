import { useEffect, useRef } from 'react'
import { Loading } from './messages.tsx'

/** How far below what is seen the next page is read already. */
const AHEAD = '600px'

/** Stands behind the last line that is read: as it comes near, the next page is. Made anew for each page. */
export const ReadOn = ({ onSeen }: { readonly onSeen: () => void }) => {
  const end = useRef<HTMLDivElement>(null)
  const seen = useRef(onSeen)
  seen.current = onSeen
  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) seen.current()
      },
      { root: end.current.closest('main'), rootMargin: AHEAD },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={end}>
      <Loading />
    </div>
  )
}
