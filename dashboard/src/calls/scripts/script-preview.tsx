import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { CustomerField } from '../../customers/customer-field.tsx'
import { Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { userName } from '../../user-name.ts'
import { RenderedScript } from '../rendered-script.tsx'

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
      <h3 id="preview-title">Preview with a customer</h3>
      <form
        class="choices signed"
        onSubmit={(event) => {
          event.preventDefault()
          setCustomerId(typed.trim())
        }}
      >
        <CustomerField label="Customer, by name or id" value={typed} onInput={setTyped} />
        <button type="submit" class="quiet">
          Preview
        </button>
      </form>
      {error !== undefined && <Failure>{error}</Failure>}
      {data !== undefined && <RenderedScript script={data} />}
    </section>
  )
}
