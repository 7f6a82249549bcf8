import { useState } from 'preact/hooks'

const STORAGE_KEY = 'scoreline-reviewer'

/** Returns the name that was last entered in this browser; empty if none. */
export function userName(): string {
  return localStorage.getItem(STORAGE_KEY) ?? ''
}

/** The user's name, kept in this browser; empty until it is entered. */
export function useUserName(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(userName)
  const save = (next: string) => {
    localStorage.setItem(STORAGE_KEY, next.trim())
    setName(next.trim())
  }
  return [name, save]
}
