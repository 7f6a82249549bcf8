import type { RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { CaseDetail } from '../../api.ts'
import { actsFor, sendAct, requiredNote, type Act } from './case-act.ts'
import { statusText } from './case-text.ts'
import { useUserName } from '../../user-name.ts'
import { t } from '../../words/words.ts'

type Claim = 'false' | 'invalid'

export interface Review {
  readonly by: string
  readonly note: string
  readonly claim: Claim
  readonly busy: boolean
  readonly message: { readonly tone: 'good' | 'bad' | ''; readonly text: string } | undefined
  setBy(name: string): void
  setNote(note: string): void
  setClaim(claim: Claim): void
  /** Sends the act, or says what is missing and focuses that field. */
  begin(act: Act): void
  /** Sends the act that was begun last. */
  finish(): void
}

interface Fields {
  readonly note: RefObject<HTMLTextAreaElement | null>
  readonly name: RefObject<HTMLInputElement | null>
  /** Focused after an act: the shortcuts work there, and the decision is below it. */
  readonly heading: RefObject<HTMLElement | null>
}

/** Unsent notes by visit, kept while the reviewer looks at other cases. */
const drafts = new Map<string, string>()

/** State of the act that a reviewer is about to do. The note is kept until it is sent. */
export function useReview(
  visitId: string,
  caseRecord: CaseDetail | undefined,
  fields: Fields,
  onChange: () => void,
): Review {
  const [by, setBy] = useUserName()
  const [note, setShownNote] = useState(() => drafts.get(visitId) ?? '')
  const setNote = (next: string) => {
    drafts.set(visitId, next)
    setShownNote(next)
  }
  const [claim, setClaim] = useState<Claim>()
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState<Review['message']>()
  const pendingAct = useRef<Act | undefined>(undefined)
  // The same id for the same act, so that a retry after a lost connection has no second effect.
  const attempt = useRef<{ readonly key: string; readonly id: string } | undefined>(undefined)

  function begin(act: Act): void {
    if (caseRecord === undefined || busy) return
    pendingAct.current = act
    if (!actsFor(caseRecord).includes(act.kind))
      return setMessage({
        tone: 'bad',
        text: t('cases.thisIsNotPossibleTheCase', { status: statusText(caseRecord.status) }),
      })
    if (by === '') {
      setMessage({ tone: 'bad', text: t('cases.enterYourNameFirstItIs') })
      fields.name.current?.focus()
      return
    }
    const missingNote = note.trim() === '' ? requiredNote(act, caseRecord) : undefined
    if (missingNote !== undefined) {
      setMessage({ tone: '', text: t('cases.sendItWithCtrlEnter', { missingNote }) })
      fields.note.current?.focus()
      return
    }
    void send(caseRecord, act)
  }

  async function send(reviewed: CaseDetail, act: Act): Promise<void> {
    setBusy(true)
    const key = JSON.stringify([reviewed.visitId, reviewed.revision, act, note, by])
    if (attempt.current?.key !== key) attempt.current = { key, id: newId() }
    const outcome = await sendAct(reviewed, act, { by, note, id: attempt.current.id })
    setBusy(false)
    if (outcome.state === 'refused') {
      setMessage({ tone: 'bad', text: outcome.text })
      if (outcome.changed) onChange()
      return
    }
    pendingAct.current = undefined
    setNote('')
    fields.heading.current?.focus()
    setMessage({ tone: 'good', text: outcome.state === 'done' ? t('cases.done') : t('cases.sentTheCaseWillShowIt') })
    onChange()
    if (outcome.state === 'taken') setTimeout(onChange, 3_000)
  }

  return {
    ...{ by, note, busy, message, setBy, setNote, setClaim, begin },
    claim: claim ?? (caseRecord?.verdict === 'invalid' ? 'invalid' : 'false'),
    finish() {
      if (pendingAct.current !== undefined) return begin(pendingAct.current)
      setMessage({ tone: 'bad', text: t('cases.chooseWhatToDoWithThe') })
    },
  }
}

/** `crypto.randomUUID` is available in secure contexts only. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
