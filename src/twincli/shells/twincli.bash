# Completion of twincli for bash. The answers come from the program: "words" and a line for each, or "files".
_twincli() {
    local program=twincli reply
    COMPREPLY=()
    case $1 in */*) program=${1/#\~\//$HOME/} ;; esac
    # A loop, since bash 3.2 has no mapfile; nor has it compopt, without which there are no files.
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <(_TWINCLI_COMPLETE=bash "$program" "${COMP_LINE:0:COMP_POINT}" "$2" "${COMP_TYPE-}" 2>/dev/null)
    [ "${COMPREPLY[0]-}" = files ] && compopt -o default 2>/dev/null
    COMPREPLY=("${COMPREPLY[@]:1}")
}
complete -F _twincli twincli
