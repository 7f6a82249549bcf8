import { useState } from 'preact/hooks'
import { apiUrl, send, type ApiResponse } from '../../api.ts'
import { date } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { userName } from '../../user-name.ts'
import { missingSignature, SignedReason } from '../../signed-reason.tsx'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'

const NAME = 'visit-assessment'
const PATH = `/policies/${NAME}`
const SHOWN = 8
const DAYS = 7
const path = { name: NAME }

type Policy = Pick<ApiResponse<'/policies/{name}'>, 'version' | 'changedBy' | 'changedAt' | 'reason'>

/** The fields of a backtest that are shown here. */
interface Trial {
  readonly visits: number
  readonly new: number
  readonly vanished: number
  readonly unchanged: number
  readonly knownFalse: { readonly visits: number; readonly inForce: number; readonly candidate: number }
  readonly heldBy: { readonly day: string } | null
}

/** The active policy, what shadow policies would flag, and buttons to try, activate and roll back versions. */
export function PoliciesPanel() {
  const policy = useResource(apiUrl('/policies/{name}', { path }))
  const state = useResource(apiUrl('/policies/{name}/state', { path }))
  const [reason, setReason] = useState('')
  const sending = useSending()
  const { data } = policy
  const newest = data?.version ?? 0
  const inForce = state.data?.inForce
  const changed = (words: string) => {
    policy.refresh()
    state.refresh()
    setReason('')
    return words
  }
  const submitSigned = (way: 'activate' | 'rollback', body: object, words: string) => {
    const missing = missingSignature(reason)
    if (missing !== undefined) return sending.showError(missing)
    const why = { changedBy: userName(), reason: reason.trim() }
    sending.run(async () => {
      await send('POST', `${PATH}/${way}`, { ...body, ...why }, newest)
      return changed(words)
    })
  }
  const versions: readonly Policy[] = [...(data?.history ?? []).slice(0, SHOWN), builtIn]
  return (
    <section class="card settings" aria-labelledby="policies-title">
      <h2 id="policies-title">{t('cases.policies')}</h2>
      <p class="sub">{t('cases.whichVisitsAreFlaggedBackTest')}</p>
      {(policy.error ?? state.error) !== undefined && <Failure>{policy.error ?? state.error}</Failure>}
      {state.data !== undefined && state.data.activated !== state.data.inForce && (
        <p class="message bad">
          {t('cases.theCircuitBreakerHoldsVersionVersion', {
            activated: state.data.activated,
            inForce: state.data.inForce,
          })}
        </p>
      )}
      <ul class="lines">
        {versions.map((one) => (
          <PolicyLine
            key={one.version}
            policy={one}
            isActive={one.version === inForce}
            busy={sending.busy}
            onTry={() => sending.run(async () => trialText(one.version, await backtest(one.version)))}
            onActivate={() =>
              submitSigned(
                'activate',
                { version: one.version },
                t('cases.versionWasActivatedAsANew', { version: one.version }),
              )
            }
          />
        ))}
      </ul>
      <SignedReason label={t('cases.reasonForTheChange')} reason={reason} onReason={setReason} sending={sending} />
      <button
        type="button"
        class="quiet"
        disabled={sending.busy}
        onClick={() => submitSigned('rollback', {}, t('cases.thePreviousPolicyIsActiveAgain'))}
      >
        {t('common.rollBack')}
      </button>
      <Shadows />
    </section>
  )
}

interface PolicyLineProps {
  readonly policy: Policy
  readonly isActive: boolean
  readonly busy: boolean
  readonly onTry: () => void
  readonly onActivate: () => void
}

function PolicyLine({ policy, isActive, busy, onTry, onActivate }: PolicyLineProps) {
  const { version, changedBy, changedAt, reason } = policy
  const words = version === 0 ? t('cases.theBuiltInPolicy') : t('cases.ofVersion', { version })
  return (
    <li>
      <span class="row">
        <strong>{version === 0 ? t('cases.builtInPolicy') : t('common.version', { version })}</strong>
        {isActive && <span class="tag good">{t('cases.active')}</span>}
      </span>
      {changedAt !== null && (
        <span class="about">
          {changedBy}, {date(changedAt)}: {reason}
        </span>
      )}
      <span class="choices">
        <button type="button" class="quiet" disabled={busy} onClick={onTry}>
          {t('cases.backTest', { words })}
        </button>
        {!isActive && (
          <button type="button" class="quiet" disabled={busy} onClick={onActivate}>
            {t('cases.activate', { words })}
          </button>
        )}
      </span>
    </li>
  )
}

const builtIn: Policy = { version: 0, changedBy: null, changedAt: null, reason: null }

const backtest = (version: number) => send<Trial>('POST', `${PATH}/backtest`, { version, days: DAYS })

function trialText(version: number, { visits, knownFalse, heldBy, ...flags }: Trial): string {
  const { candidate } = knownFalse
  return [
    t('cases.versionOnVisitsOfDaysNew', {
      ...{ version, visits, days: DAYS, added: flags.new, vanished: flags.vanished, unchanged: flags.unchanged },
    }),
    knownFalse.visits === 0 ? null : t('cases.itFlagsOfVisitsKnownTo', { candidate, visits: knownFalse.visits }),
    heldBy === null ? null : t('cases.theCircuitBreakerWouldHoldIt', { day: heldBy.day }),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}

function Shadows() {
  const { data } = useResource(apiUrl('/policies/{name}/shadow', { path }))
  const sum = (days: readonly { readonly new: number; readonly vanished: number }[], what: 'new' | 'vanished') =>
    days.reduce((total, day) => total + day[what], 0)
  return (
    <>
      <h3>{t('cases.shadowPolicies')}</h3>
      {data?.items.length === 0 && <Empty>{t('cases.noPoliciesAreRunningInShadow')}</Empty>}
      <ul class="lines">
        {data?.items.map(({ id, days }) => (
          <li key={id}>
            <strong>{id}</strong>{' '}
            <span class="about">
              {t('cases.newFlagsGoneComparedWithThe', { added: sum(days, 'new'), vanished: sum(days, 'vanished') })}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
