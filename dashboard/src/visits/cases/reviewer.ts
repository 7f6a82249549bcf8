import { useState } from 'preact/hooks'

const KEPT = 'scoreline-reviewer'

/** The name that was given last at this browser; empty: none. */
export function reviewerName(): string {
  return localStorage.getItem(KEPT) ?? ''
}

/** Who reviews at this browser: asked once and kept. Empty: not said yet. */
export function useReviewer(): readonly [string, (name: string) => void] {
  const [name, setName] = useState(reviewerName)
  const keep = (next: string) => {
    localStorage.setItem(KEPT, next.trim())
    setName(next.trim())
  }
  return [name, keep]
}
