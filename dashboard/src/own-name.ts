import { useState } from 'preact/hooks'

const KEPT = 'scoreline-reviewer'

/** The name that was given last at this browser; empty: none. */
export function ownName(): string {
  return localStorage.getItem(KEPT) ?? ''
}

/** Who works at this browser: asked once and kept. Empty: not said yet. */
export function useOwnName(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(ownName)
  const keep = (next: string) => {
    localStorage.setItem(KEPT, next.trim())
    setName(next.trim())
  }
  return [name, keep]
}
