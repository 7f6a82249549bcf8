import { useState } from 'preact/hooks'
import { ApiError, send } from '../../api.ts'
import { SignedDecision } from '../../signed-decision.tsx'
import { t } from '../../words/words.ts'

const ROWS_MAX = 24

interface SettingEditorProps {
  /** Address of the setting in the API. */
  readonly address: string
  /** The version that the editor has seen; 0 for the default, or for a new setting. */
  readonly version: number
  readonly value: object
  readonly onSaved: () => void
}

/** Form that changes a setting as JSON, with name and reason; what the API finds wrong is shown beside it. */
export function SettingEditor({ address, version, value, onSaved }: SettingEditorProps) {
  const current = JSON.stringify(value, undefined, 2)
  const [text, setText] = useState(current)
  const rows = Math.min(ROWS_MAX, text.split('\n').length + 1)

  async function save(_choice: 'save', changedBy: string, reason: string): Promise<string> {
    const saved = await send<{ readonly version: number }>(
      'PUT',
      address,
      { ...parsed(text), changedBy, reason },
      version,
    )
    onSaved()
    return t('settings.nowInForce', { version: saved.version })
  }

  return (
    <section class="group whole" aria-labelledby="edit-title">
      <h3 id="edit-title">{version === 0 ? t('settings.setIt') : t('settings.changeIt')}</h3>
      <label class="wording">
        <span>{t('settings.value')}</span>
        <textarea
          rows={rows}
          spellcheck={false}
          lang="en"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <SignedDecision label={t('common.reason')} choices={[['save', t('settings.putInForce')]]} decide={save} />
      {text !== current && (
        <button type="button" class="quiet" onClick={() => setText(current)}>
          {t('settings.backToTheOneInForce')}
        </button>
      )}
    </section>
  )
}

/** Parses an edited value. Throws an `ApiError` with what to do if it is no JSON object. */
function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // What the browser says is in the browser's language, not in the page's.
  }
  throw new ApiError(400, t('settings.cantBeRead'))
}
