import { useState } from 'preact/hooks'

const KEPT = 'scoreline-reviewer'

/** Who reviews at this browser: asked once and kept. Empty: not said yet. */
export function useReviewer(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(() => localStorage.getItem(KEPT) ?? '')
  const keep = (next: string) => {
    localStorage.setItem(KEPT, next.trim())
    setName(next.trim())
  }
  return [name, keep]
}
