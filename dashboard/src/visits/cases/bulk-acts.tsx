import { useState } from 'preact/hooks'
import { send, type Case } from '../../api.ts'
import { userName } from '../../user-name.ts'
import { missingSignature, SignedReason } from '../../signed-reason.tsx'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'

interface BulkActsProps {
  readonly chosen: readonly Case[]
  /** Called after an act on the chosen cases. */
  readonly onDone: () => void
}

interface Done {
  readonly items: readonly { readonly visitId: string; readonly state: string; readonly detail: string | null }[]
}

/** Assigns or dismisses the chosen cases, each at the revision that was seen, with one note for all. */
export function BulkActs({ chosen, onDone }: BulkActsProps) {
  const [note, setNote] = useState('')
  const [to, setTo] = useState('')
  const sending = useSending()

  function act(fields: object, done: (cases: number) => string): void {
    sending.run(async () => {
      const noteFields = note.trim() === '' ? {} : { note: note.trim() }
      const acts = chosen.map(({ visitId, revision }) => ({ visitId, revision, ...fields, ...noteFields }))
      const { items } = await send<Done>('POST', '/case-acts', { by: userName(), acts })
      const refused = items.filter(({ state }) => state === 'refused')
      onDone()
      if (refused.length === 0) setNote('')
      const reasons = [...new Set(refused.map(({ detail }) => detail))].join(' ')
      const texts = [done(items.length - refused.length)]
      if (refused.length > 0) texts.push(t('cases.refusedBecause', { cases: refused.length, reasons }))
      return texts.join(' ')
    })
  }

  function dismiss(): void {
    const missing = missingSignature(note)
    if (missing !== undefined) return sending.showError(missing)
    act({ kind: 'decide', decision: 'dismissed' }, (cases) => t('cases.dismissedCount', { cases }))
  }

  function assign(): void {
    if (userName() === '') return sending.showError(t('page.enterYourNameItIsRecorded'))
    if (to.trim() === '') return sending.showError(t('cases.enterTheReviewer'))
    act({ kind: 'assign', to: to.trim() }, (cases) => t('cases.assignedTo', { cases, reviewer: to.trim() }))
  }

  return (
    <section class="bulk" aria-label={t('cases.selectedCases')}>
      <SignedReason label={t('cases.oneNoteForAll')} reason={note} onReason={setNote} sending={sending} />
      <div class="choices">
        <button type="button" class="quiet" disabled={sending.busy || chosen.length === 0} onClick={dismiss}>
          {t('cases.dismiss', { chosen: chosen.length })}
        </button>
        <input
          type="text"
          aria-label={t('cases.assignTo')}
          placeholder={t('cases.reviewer')}
          value={to}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
        <button type="button" class="quiet" disabled={sending.busy || chosen.length === 0} onClick={assign}>
          {t('cases.assign', { chosen: chosen.length })}
        </button>
      </div>
    </section>
  )
}
