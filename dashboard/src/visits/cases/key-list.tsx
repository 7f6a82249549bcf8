import { useEffect, useRef } from 'preact/hooks'

const KEYS: readonly (readonly [string, string])[] = [
  ['j', 'next case'],
  ['k', 'previous case'],
  ['Enter', 'open the case'],
  ['c', 'confirm: the suspicion is true'],
  ['h', 'harmless: the evidence is right, but nothing is wrong'],
  ['d', 'dismiss: asks for a note first'],
  ['Ctrl + Enter', 'in the note: send'],
  ['Esc', 'leave the note'],
  ['/', 'find a customer'],
  ['?', 'this list'],
]

/** Dialog with the keyboard shortcuts. Escape closes it, and the browser restores the focus. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current!.showModal(), [])
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <dl>
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  )
}
