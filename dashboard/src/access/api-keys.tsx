import { useState } from 'preact/hooks'
import { apiUrl, send, type ApiResponse } from '../api.ts'
import { DataTable } from '../data-table.tsx'
import { date, dateAndTime } from '../format.ts'
import { Empty, Failure } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { useSending } from '../use-sending.ts'
import { userName } from '../user-name.ts'
import { missingSignature } from '../signed-reason.tsx'
import { t } from '../words/words.ts'
import { MakeKey } from './make-key.tsx'

type Key = ApiResponse<'/keys'>['items'][number]

const PAGE = 50
/** The API's page limit. */
const SHOWN_MAX = 500

/** Who may use the API: its keys without their secrets, with forms that make and revoke keys. */
export function ApiKeys() {
  const [shown, setShown] = useState(PAGE)
  const { data, error, isForbidden, refresh } = useResource(apiUrl('/keys', { query: { limit: shown } }))
  const sending = useSending()
  const revoke = ({ id, name }: Key) => {
    const missing = missingSignature('', false)
    if (missing !== undefined) return sending.showError(missing)
    sending.run(async () => {
      await send(
        'DELETE',
        `/keys/${encodeURIComponent(id)}?${new URLSearchParams({ changedBy: userName() }).toString()}`,
      )
      refresh()
      return t('settings.keyIsRevoked', { name })
    })
  }
  return (
    <section class="card keys-of-api" aria-labelledby="keys-title">
      <div class="head">
        <div>
          <h2 id="keys-title">{t('settings.apiKeys')}</h2>
          <p class="sub">{t('settings.whoMayUseTheApi')}</p>
        </div>
      </div>
      {isForbidden && <Empty>{t('settings.youMayNotSeeKeys')}</Empty>}
      {error !== undefined && !isForbidden && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('settings.loading')}</Empty>}
      {data !== undefined && (
        <>
          <MakeKey onMade={refresh} />
          <p
            class={`message ${sending.message === undefined ? '' : 'group'} ${sending.message?.tone ?? ''}`}
            role="status"
          >
            {sending.message?.text}
          </p>
          {data.items.length === 0 && <Empty>{t('settings.noKeysYet')}</Empty>}
          {data.items.length > 0 && <Keys keys={data.items} busy={sending.busy} onRevoke={revoke} />}
          {data.next !== null && shown < SHOWN_MAX && (
            <p class="more">
              <button type="button" class="quiet" onClick={() => setShown(Math.min(SHOWN_MAX, shown + PAGE))}>
                {t('common.showMore')}
              </button>
            </p>
          )}
        </>
      )}
    </section>
  )
}

interface KeysProps {
  readonly keys: readonly Key[]
  readonly busy: boolean
  readonly onRevoke: (key: Key) => void
}

function Keys({ keys, busy, onRevoke }: KeysProps) {
  return (
    <div class="group">
      <DataTable
        caption={t('settings.apiKeys')}
        rows={keys}
        keyOf={({ id }) => id}
        columns={[
          { label: t('settings.holder'), cell: ({ name }) => name },
          { label: t('settings.roles'), cell: ({ roles }) => roles.join(', ') },
          { label: t('common.salesperson'), cell: ({ salespersonId }) => salespersonId ?? '–' },
          { label: t('visits.team'), cell: ({ teamId }) => teamId ?? '–' },
          { label: t('settings.made'), cell: ({ createdBy, createdAt }) => `${createdBy}, ${date(createdAt)}` },
          {
            label: t('settings.lastUsed'),
            cell: ({ lastUsedAt }) => (lastUsedAt === null ? '–' : dateAndTime(lastUsedAt)),
          },
          { label: t('common.state'), cell: (key) => <State apiKey={key} /> },
          {
            label: t('settings.revoke'),
            cell: (key) =>
              isValid(key) ? (
                <button type="button" class="quiet" aria-disabled={busy} onClick={() => onRevoke(key)}>
                  {t('settings.revokeKeyOf', { name: key.name })}
                </button>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </div>
  )
}

function isValid({ revokedAt, expiresAt }: Key): boolean {
  return revokedAt === null && Date.parse(expiresAt) > Date.now()
}

function State({ apiKey }: { readonly apiKey: Key }) {
  const { expiresAt, revokedAt, revokedBy } = apiKey
  if (revokedAt !== null) {
    return (
      <>
        <span class="tag bad">{t('settings.revoked')}</span>{' '}
        <span class="about">
          {revokedBy}, {date(revokedAt)}
        </span>
      </>
    )
  }
  const until = t('settings.until', { day: date(expiresAt) })
  if (isValid(apiKey)) return <span class="tag good">{until}</span>
  return <span class="tag warn">{until}</span>
}
