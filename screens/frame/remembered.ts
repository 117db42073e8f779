import { useCallback, useSyncExternalStore } from 'react'

/** What one person chose on this machine and finds again: kept by the browser, shared by its windows. */

const listeners = new Set<() => void>()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export const recall = (key: string): string | null => localStorage.getItem(`grandlivre.${key}`)

export const remember = (key: string, value: string | null): void => {
  if (value === null) localStorage.removeItem(`grandlivre.${key}`)
  else localStorage.setItem(`grandlivre.${key}`, value)
  for (const listener of listeners) listener()
}

export const useRemembered = (key: string): readonly [string | null, (value: string | null) => void] => {
  const value = useSyncExternalStore(subscribe, () => recall(key))
  return [value, useCallback(next => remember(key, next), [key])]
}
