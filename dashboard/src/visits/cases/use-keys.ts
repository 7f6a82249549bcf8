import { useEffect, useRef } from 'preact/hooks'

const TYPED_INTO = 'input:not([type=radio], [type=checkbox]), textarea, select'

/** Single-key shortcuts, disabled while typing, with Ctrl, Alt or Cmd, and behind a dialog. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.matches(TYPED_INTO)) return
      if (document.querySelector('dialog[open]') !== null || !Object.hasOwn(current.current, event.key)) return
      event.preventDefault()
      current.current[event.key]!()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
