import { Button, Menu } from '@mantine/core'
import { useSay } from '../words/words.ts'
import type { Format } from './export.ts'
import { words } from './words.ts'

/** What is shown as a file: a workbook, or text. */
export const ExportMenu = ({ onFormat }: { readonly onFormat: (format: Format) => void }) => {
  const say = useSay()
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">{say(words.export)}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['xlsx', 'csv'] as const).map(format => (
          <Menu.Item key={format} onClick={() => onFormat(format)}>
            {say(words[format])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
