import { useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { date } from '../../format.ts'
import { userName } from '../../user-name.ts'
import { missingSignature, SignedReason } from '../../signed-reason.tsx'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'

const DAY_MS = 86_400_000
const DAYS = [7, 30, 90, 180] as const
type Of = 'salespersonIds' | 'customerIds'

/** Form to snooze one rule for several salespeople or customers. */
export function NewSnooze({ onMade }: { readonly onMade: () => void }) {
  const [rule, setRule] = useState('')
  const [named, setNamed] = useState('')
  const [of, setOf] = useState<Of>('salespersonIds')
  const [days, setDays] = useState(30)
  const [reason, setReason] = useState('')
  const sending = useSending()

  function make(): void {
    const ids = named.split(/[\s,，、]+/).filter((one) => one !== '')
    if (rule.trim() === '') return sending.showError(t('cases.enterTheRule'))
    if (ids.length === 0) return sending.showError(t('cases.enterTheIds'))
    const missing = missingSignature(reason)
    if (missing !== undefined) return sending.showError(missing)
    const until = new Date(Date.now() + days * DAY_MS).toISOString()
    sending.run(async () => {
      const body = { rules: [rule.trim()], [of]: ids, until, reason: reason.trim(), changedBy: userName() }
      const { items } = await send<{ readonly items: readonly unknown[] }>('POST', '/snoozes', body)
      onMade()
      return t('cases.snoozedUntil', { snoozes: items.length, until: date(until) })
    })
  }

  return (
    <>
      <div class="choices signed">
        <label>
          <span>{t('cases.rule')}</span>
          <input
            type="text"
            placeholder="copied-text"
            value={rule}
            onInput={(event) => setRule(event.currentTarget.value)}
          />
        </label>
        <select
          aria-label={t('cases.whoseAlerts')}
          value={of}
          onChange={(event) => setOf(event.currentTarget.value as Of)}
        >
          <option value="salespersonIds">{t('cases.ofSalespeople')}</option>
          <option value="customerIds">{t('cases.atCustomers')}</option>
        </select>
        <label>
          <span>{t('cases.theirIds')}</span>
          <input type="text" value={named} onInput={(event) => setNamed(event.currentTarget.value)} />
        </label>
        <select
          aria-label={t('cases.howLong')}
          value={days}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        >
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {t('cases.forDays', { days: one })}
            </option>
          ))}
        </select>
      </div>
      <SignedReason label={t('common.reason')} reason={reason} onReason={setReason} sending={sending} />
      <button type="button" class="quiet" disabled={sending.busy} onClick={make}>
        {t('cases.snooze')}
      </button>
    </>
  )
}
