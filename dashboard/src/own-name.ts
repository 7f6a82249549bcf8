import { useState } from 'preact/hooks'

const KEPT = 'scoreline-reviewer'

/** Returns the name that was last entered in this browser; empty if none. */
export function ownName(): string {
  return localStorage.getItem(KEPT) ?? ''
}

/** The user's name, kept in this browser; empty until it is entered. */
export function useOwnName(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(ownName)
  const keep = (next: string) => {
    localStorage.setItem(KEPT, next.trim())
    setName(next.trim())
  }
  return [name, keep]
}
