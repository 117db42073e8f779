/** What has not come by then is not on its way: the letters are the screen's again. */
const WAITS_MS = 2_000

/** Letters typed while what was opened by a key is on its way: they are the first of what is typed there. */
export const earlyLetters = (): { readonly listen: () => void; readonly take: () => string } => {
  let letters = ''
  let giveUp: ReturnType<typeof setTimeout> | undefined
  const keep = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    letters += event.key
  }
  const take = (): string => {
    clearTimeout(giveUp)
    window.removeEventListener('keydown', keep, true)
    const taken = letters
    letters = ''
    return taken
  }
  return {
    listen: () => {
      take()
      window.addEventListener('keydown', keep, true)
      giveUp = setTimeout(take, WAITS_MS)
    },
    take,
  }
}
