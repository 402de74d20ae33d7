import { type ReactNode, useState } from 'react';
import './drop-file.css';

interface Props {
  /** Endings of files, as an input takes them. */
  readonly accept: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly onFile: (file: File) => void;
}

/** Where a file is dropped or chosen. */
export function DropFile({ accept, icon, title, text, onFile }: Props) {
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
        accept={accept}
        className="visually-hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
          target.value = '';
        }}
      />
      <span className="drop-icon" aria-hidden="true">
        {icon}
      </span>
      <b>{title}</b>
      <span className="muted">{text}</span>
    </label>
  );
}
