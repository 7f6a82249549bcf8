import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../words/words.ts'

const keyTexts = (): readonly (readonly [string, string])[] => [
  ['j', t('cases.nextCase')],
  ['k', t('cases.previousCase')],
  ['Enter', t('cases.openTheCase')],
  ['c', t('cases.confirmTheSuspicionIsTrue')],
  ['h', t('cases.harmlessTheEvidenceIsRightBut')],
  ['d', t('cases.dismissAsksForANoteFirst')],
  ['Ctrl + Enter', t('cases.inTheNoteSend')],
  ['Esc', t('cases.leaveTheNote')],
  ['/', t('cases.findACustomer')],
  ['?', t('cases.thisList')],
]

/** Dialog with the keyboard shortcuts. Escape closes it, and the browser restores the focus. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current!.showModal(), [])
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{t('cases.keyboardShortcuts')}</h2>
      <dl>
        {keyTexts().map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
        {t('common.close')}
      </button>
    </dialog>
  )
}
