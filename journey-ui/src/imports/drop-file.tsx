import { FileExcelOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useWords } from '../i18n/index.ts';

export const ACCEPTED = '.csv,.tsv,.txt,.xlsx';

/** Where a file is dropped or chosen. */
export function DropFile({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  return (
    <label
      className={over ? 'drop-file over' : 'drop-file'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      }}
    >
      <input
        type="file"
        accept={ACCEPTED}
        className="visually-hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
          target.value = '';
        }}
      />
      <FileExcelOutlined className="drop-icon" aria-hidden="true" />
      <b>{t('imports.drop')}</b>
      <span className="muted">{t('imports.dropText')}</span>
    </label>
  );
}
