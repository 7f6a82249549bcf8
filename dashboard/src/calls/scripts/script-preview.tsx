import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { CustomerField } from '../../customers/customer-field.tsx'
import { Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { userName } from '../../user-name.ts'
import { RenderedScript } from '../rendered-script.tsx'
import { t } from '../../words/words.ts'

/** What a script says to a real customer; nothing is recorded. */
export function ScriptPreview({ id }: { readonly id: string }) {
  const [typed, setTyped] = useState('')
  const [customerId, setCustomerId] = useState('')
  const agent = userName()
  const { data, error } = useResource(
    customerId === ''
      ? undefined
      : apiUrl('/scripts/{id}/preview', {
          path: { id },
          query: { customerId, ...(agent === '' ? {} : { agent }) },
        }),
  )
  return (
    <section aria-labelledby="preview-title">
      <h3 id="preview-title">{t('scripts.previewWithACustomer')}</h3>
      <form
        class="choices signed"
        onSubmit={(event) => {
          event.preventDefault()
          setCustomerId(typed.trim())
        }}
      >
        <CustomerField label={t('common.customerByNameOrId')} value={typed} onInput={setTyped} />
        <button type="submit" class="quiet">
          {t('scripts.preview')}
        </button>
      </form>
      {error !== undefined && <Failure>{error}</Failure>}
      {data !== undefined && <RenderedScript script={data} />}
    </section>
  )
}
