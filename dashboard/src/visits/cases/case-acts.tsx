import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { CaseDetail } from '../../api.ts'
import { actsFor, type Act } from './case-act.ts'
import type { Review } from './use-review.ts'
import { rich, t } from '../../words/words.ts'

interface CaseActsProps {
  readonly caseRecord: CaseDetail
  readonly review: Review
  readonly noteField: RefObject<HTMLTextAreaElement | null>
  readonly nameField: RefObject<HTMLInputElement | null>
}

/** The acts that the reviewer can do with the case in its current state. */
export function CaseActs({ caseRecord, review, noteField, nameField }: CaseActsProps) {
  const { by, note, message, busy } = review
  const allowed = actsFor(caseRecord)
  const button = (words: string, act: Act, key?: string) => (
    <button
      type="button"
      class={act.kind === 'decide' ? 'quiet decide' : 'quiet'}
      disabled={busy}
      aria-keyshortcuts={key}
      onClick={() => review.begin(act)}
    >
      {words} {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
    </button>
  )
  return (
    <section class="acts" aria-labelledby="acts-title">
      <div class="choices">
        <h3 id="acts-title">{t('cases.yourDecision')}</h3>
        <ReviewerName by={by} onName={review.setBy} field={nameField} />
      </div>
      <label class="note">
        <span>{t('cases.noteTheAnswerTheCommentOr')}</span>
        <textarea
          ref={noteField}
          rows={1}
          maxLength={4000}
          value={note}
          aria-describedby="act-message"
          onInput={(event) => review.setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) review.finish()
            else if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </label>
      <p id="act-message" class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </p>
      <div class="choices">
        {allowed.includes('decide') && (
          <>
            {button(t('cases.confirm'), { kind: 'decide', decision: 'confirmed', claim: review.claim }, 'c')}
            {button(t('cases.harmlessAct'), { kind: 'decide', decision: 'harmless', claim: review.claim }, 'h')}
            {button(t('cases.dismissAct'), { kind: 'decide', decision: 'dismissed', claim: review.claim }, 'd')}
            <select
              aria-label={t('cases.whatTheDecisionIsAbout')}
              value={review.claim}
              onChange={(event) => review.setClaim(event.currentTarget.value === 'invalid' ? 'invalid' : 'false')}
            >
              <option value="false">{t('cases.aboutAFalseVisit')}</option>
              <option value="invalid">{t('cases.aboutAnInvalidVisit')}</option>
            </select>
          </>
        )}
        {allowed.includes('assign') && (
          <Assign by={by} busy={busy} onAssign={(to) => review.begin({ kind: 'assign', to })} />
        )}
        {allowed.includes('close') && button(t('common.close'), { kind: 'close' })}
        {allowed.includes('reopen') && button(t('cases.reopen'), { kind: 'reopen' })}
        {allowed.includes('answer') && button(t('cases.recordTheAnswer'), { kind: 'answer' })}
        {allowed.includes('release') && button(t('cases.release'), { kind: 'release' })}
        {button(t('cases.comment'), { kind: 'comment' })}
      </div>
    </section>
  )
}

interface ReviewerNameProps {
  readonly by: string
  readonly onName: (name: string) => void
  readonly field: RefObject<HTMLInputElement | null>
}

/** The reviewer's name: asked for once, kept in this browser, and written to the log of each case. */
function ReviewerName({ by, onName, field }: ReviewerNameProps) {
  const [isEditing, setEditing] = useState(by === '')
  const [name, setName] = useState(by)
  if (!isEditing)
    return (
      <p class="about">
        {rich('cases.youAreReviewingAs', { by, b: (words) => <strong>{words}</strong> })}{' '}
        <button type="button" class="quiet" onClick={() => setEditing(true)}>
          {t('cases.change')}
        </button>
      </p>
    )
  return (
    <form
      class="choices"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        onName(name)
        setEditing(false)
      }}
    >
      <input
        ref={field}
        class="field"
        aria-label={t('common.yourName')}
        placeholder={t('cases.yourNameForTheLog')}
        maxLength={200}
        required
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="quiet">
        {t('cases.save')}
      </button>
    </form>
  )
}

interface AssignProps {
  readonly by: string
  readonly busy: boolean
  readonly onAssign: (to: string) => void
}

function Assign({ by, busy, onAssign }: AssignProps) {
  const [to, setTo] = useState<string>()
  const reviewer = to ?? by
  return (
    <form
      class="choices"
      onSubmit={(event) => {
        event.preventDefault()
        if (reviewer.trim() !== '') onAssign(reviewer.trim())
      }}
    >
      <input
        class="field"
        aria-label={t('cases.reviewer')}
        placeholder={t('cases.reviewer')}
        maxLength={200}
        required
        value={reviewer}
        onInput={(event) => setTo(event.currentTarget.value)}
      />
      <button type="submit" class="quiet" disabled={busy}>
        {t('cases.assign2')}
      </button>
    </form>
  )
}
