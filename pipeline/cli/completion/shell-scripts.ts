export type Shell = 'bash' | 'zsh' | 'fish';

/** What each shell has to evaluate. All ask `sluice completion candidates -- WORD…`, so that stages and ports are those of the project. */
export const shellScripts: Readonly<Record<Shell, string>> = {
  // bash cuts words at = and : and replaces only what follows, so the part before is taken off.
  bash: String.raw`# Put into ~/.bashrc:  eval "$(sluice completion bash)"
_sluice() {
  local line="\${COMP_LINE:0:COMP_POINT}" word cut=""
  local -a words
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  local current="\${words[\${#words[@]}-1]}"
  case "$current" in *[=:]*) cut="\${current%"\${current##*[=:]}"}" ;; esac
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("\${word#"$cut"}")
  done < <("$1" completion candidates -- "\${words[@]:1}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *= ]]; then compopt -o nospace 2>/dev/null; fi
  return 0
}
complete -o default -F _sluice sluice
`.replaceAll('\\$', '$'),
  zsh: String.raw`#compdef sluice
# Put into ~/.zshrc, after compinit:  eval "$(sluice completion zsh)"
_sluice() {
  local -a found
  found=("\${(@f)$("\${words[1]}" completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -z "\${found[1]}" ]]; then _files; return; fi
  compadd -Q -S '' -- "\${(@M)found:#*=}"
  compadd -Q -- "\${(@)found:#*=}"
}
compdef _sluice sluice
`.replaceAll('\\$', '$'),
  fish: String.raw`# Put into ~/.config/fish/completions/sluice.fish
function __sluice_candidates
  set -l words (commandline -opc)
  set -l found ($words[1] completion candidates -- $words[2..-1] (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c sluice -f -a '(__sluice_candidates)'
`,
};
