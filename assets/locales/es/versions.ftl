# La app, el servidor y los demás dispositivos no siempre son de la misma versión.
failure-protocol = Esta app y el servidor no se entienden: uno de los dos es más nuevo. Actualice la app. Lo que guardó sigue aquí y se enviará entonces.

newer-title = Registrado por una versión más nueva
newer-hint = { $n ->
    [one] Una entrada de otro dispositivo tiene una forma que esta versión no puede mostrar. Se conserva tal como se escribió. Actualice la app para leerla.
   *[other] { $n } entradas de otros dispositivos tienen una forma que esta versión no puede mostrar. Se conservan tal como se escribieron. Actualice la app para leerlas.
}
newer-unread = Entrada ilegible
newer-line = Tal como se escribió
