import type { Completions } from "./command-tree.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** The completion script of a shell. It holds every word, so completing starts no process. */
export function completionScript(shell: Shell, tree: readonly Completions[]): string {
  return { bash, zsh, fish }[shell](tree);
}

/** In single quotes, for all three shells. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The words typed so far that name commands, longest match first; shared by bash and zsh. */
const cases = (tree: readonly Completions[], line: (node: Completions) => string) =>
  tree.map((node) => `    ${quoted(node.path)}) ${line(node)} ;;`).join("\n");

function bash(tree: readonly Completions[]): string {
  return `# penstock completion for bash: source <(penstock completion bash)
_penstock_words() {
  case "$1" in
${cases(tree, (node) => `echo ${quoted(node.words.map(({ word }) => word).join(" "))}; return ${node.files ? 2 : 0}`)}
    *) return 1 ;;
  esac
}
_penstock() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" next word words files=0 i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in -*) continue ;; esac
    next="\${path:+$path }$word"
    _penstock_words "$next" >/dev/null
    [ $? -eq 1 ] && break
    path="$next"
  done
  words="$(_penstock_words "$path")"
  [ $? -eq 2 ] && files=1
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ $files -eq 1 ] && [[ "$current" != -* ]] && COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _penstock penstock
`;
}

function zsh(tree: readonly Completions[]): string {
  const described = (node: Completions) =>
    node.words
      .map(({ word, description }) =>
        quoted(`${word.replaceAll(":", "\\:")}:${description.replaceAll("\n", " ")}`),
      )
      .join(" ");
  return `#compdef penstock
# penstock completion for zsh: penstock completion zsh > "\${fpath[1]}/_penstock"
_penstock_words() {
  files=0
  case "$1" in
${cases(tree, (node) => `found=(${described(node)}); files=${node.files ? 1 : 0}`)}
    *) return 1 ;;
  esac
}
_penstock() {
  local -a found
  local path_so_far="" next word files=0 i
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    [[ "$word" == -* ]] && continue
    next="\${path_so_far:+$path_so_far }$word"
    _penstock_words "$next" || break
    path_so_far="$next"
  done
  _penstock_words "$path_so_far"
  _describe 'penstock' found
  (( files )) && _files
}
compdef _penstock penstock
`;
}

function fish(tree: readonly Completions[]): string {
  const lines = tree.flatMap((node) => [
    ...(node.files ? [] : [`complete -c penstock -n ${quoted(`__penstock_at ${quoted(node.path)}`)} -f`]),
    ...node.words.map(
      ({ word, description }) =>
        `complete -c penstock -n ${quoted(`__penstock_at ${quoted(node.path)}`)} -a ${quoted(word)} -d ${quoted(description)}`,
    ),
  ]);
  const paths = tree.map((node) => quoted(node.path)).join(" ");
  return `# penstock completion for fish: penstock completion fish > ~/.config/fish/completions/penstock.fish
function __penstock_at
  set -l path ""
  for word in (commandline -opc)[2..-1]
    string match -q -- '-*' $word; and continue
    set -l next (string trim -- "$path $word")
    contains -- "$next" ${paths}; or break
    set path $next
  end
  test "$path" = "$argv[1]"
end
${lines.join("\n")}
`;
}
