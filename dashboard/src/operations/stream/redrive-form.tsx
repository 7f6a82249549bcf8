import { useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { DataTable } from '../../data-table.tsx'
import { missingSignature, SignedReason } from '../../signed-reason.tsx'
import { useSending } from '../../use-sending.ts'
import { userName } from '../../user-name.ts'
import { t } from '../../words/words.ts'
import { outcomeText, type RedriveAnswer } from './letter-text.ts'

/** Number of records that the table lists; the counts above it cover all of them. */
const LISTED = 50

interface RedriveFormProps {
  /** Ids, or a filter; `undefined`: nothing is chosen. */
  readonly target: object | undefined
  readonly onDone: () => void
}

/** Form that sends the records of dead letters again, with name and reason, or says what would happen. */
export function RedriveForm({ target, onDone }: RedriveFormProps) {
  const [reason, setReason] = useState('')
  const [answer, setAnswer] = useState<RedriveAnswer>()
  const sending = useSending()

  function submit(dryRun: boolean): void {
    if (sending.busy) return
    if (target === undefined) return sending.showError(t('stream.chooseLettersOrFilter'))
    const missing = missingSignature(reason)
    if (missing !== undefined) return sending.showError(missing)
    sending.run(async () => {
      const body = { ...target, dryRun, changedBy: userName(), reason: reason.trim() }
      const done = await send<RedriveAnswer>('POST', '/dead-letters/redrive', body)
      setAnswer(done)
      if (!dryRun) onDone()
      const counts = { sent: done.sent, kept: done.items.length - done.sent }
      const text = dryRun ? t('stream.wouldSend', counts) : t('stream.hasSent', counts)
      return done.more ? `${text} ${t('stream.moreMatch')}` : text
    })
  }

  return (
    <div class="decision">
      <SignedReason label={t('common.reason')} reason={reason} onReason={setReason} sending={sending} />
      <div class="choices">
        <button type="button" class="quiet" aria-disabled={sending.busy} onClick={() => submit(true)}>
          {t('stream.dryRun')}
        </button>
        <button type="button" class="quiet" aria-disabled={sending.busy} onClick={() => submit(false)}>
          {t('stream.sendAgain')}
        </button>
      </div>
      {answer !== undefined && answer.items.length > 0 && (
        <DataTable
          caption={t('stream.resultOfTheRedrive')}
          rows={answer.items.slice(0, LISTED)}
          keyOf={({ id }) => id}
          columns={[
            {
              label: t('stream.record'),
              cell: ({ topic, partition, offset }) => t('operations.partitionOffset', { topic, partition, offset }),
            },
            { label: t('stream.result'), cell: ({ outcome }) => outcomeText(outcome, answer.dryRun) },
          ]}
        />
      )}
    </div>
  )
}
