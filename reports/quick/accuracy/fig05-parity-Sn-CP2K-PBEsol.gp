# fig05-parity-Sn-CP2K-PBEsol: run `gnuplot fig05-parity-Sn-CP2K-PBEsol.gp` in this folder to draw it again.
set encoding utf8
set border linewidth 0.8 linecolor rgb '#333333'
set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'
set key off
set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'
set errorbars 0.6
set pointintervalbox 0.001
set style fill solid 0.18 noborder
set palette defined (0 '#9ecae1', 0.35 '#4f9bcb', 0.7 '#0b5394', 1 '#08213f')
unset colorbox
do for [kind in 'svg png'] {
if (kind eq 'svg') {
  set terminal svg size 900,600 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 2250,1500 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig05-parity-Sn-CP2K-PBEsol.'.kind
set multiplot
unset label
unset arrow
unset object
set lmargin at screen 0.072711
set rmargin at screen 0.313333
set bmargin at screen 0.6024
set tmargin at screen 0.963333
unset logscale x
set xrange [-0.11943999999999448:0.1434399999999954]
set xtics ('−0.10' -0.1, '−0.05' -0.05, '0' 0.0, '0.05' 0.05, '0.10' 0.1, '' -0.07500000000000001 1, '' -0.025 1, '' 0.025 1, '' 0.07500000000000001 1, '' 0.125 1)
unset logscale y
set yrange [-0.11943999999999448:0.1434399999999954]
set ytics ('−0.10' -0.1, '−0.05' -0.05, '0' 0.0, '0.05' 0.05, '0.10' 0.1, '' -0.07500000000000001 1, '' -0.025 1, '' 0.025 1, '' 0.07500000000000001 1, '' 0.125 1)
set xlabel 'DFT energy + 232.65 (eV/atom)' offset 0,0.2
set label 'DP energy + 232.65 (eV/atom)' at screen 0.014667,0.782867 center rotate by 90
set xtics mirror
set label '{/:Bold (a)}' at screen 0.072711,0.963333 right offset -1.2,0.9
set label 'energy' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 1.01 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBEsol.dat' index 0 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Sn-CP2K-PBEsol.dat' index 1 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.406044
set rmargin at screen 0.646667
set bmargin at screen 0.6024
set tmargin at screen 0.963333
unset logscale x
set xrange [-2.4410000000000003:2.5410000000000004]
set xtics ('−2' -2.0, '−1' -1.0, '0' 0.0, '1' 1.0, '2' 2.0, '' -1.5 1, '' -0.5 1, '' 0.5 1, '' 1.5 1, '' 2.5 1)
unset logscale y
set yrange [-2.4410000000000003:2.5410000000000004]
set ytics ('−2' -2.0, '−1' -1.0, '0' 0.0, '1' 1.0, '2' 2.0, '' -1.5 1, '' -0.5 1, '' 0.5 1, '' 1.5 1, '' 2.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.367467,0.782867 center rotate by 90
set xtics mirror
set label '{/:Bold (b)}' at screen 0.406044,0.963333 right offset -1.2,0.9
set label 'forces on Li' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 15.0 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBEsol.dat' index 2 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Sn-CP2K-PBEsol.dat' index 3 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.739378
set rmargin at screen 0.98
set bmargin at screen 0.6024
set tmargin at screen 0.963333
unset logscale x
set xrange [-10.566:12.966000000000001]
set xtics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1, '' 12.5 1)
unset logscale y
set yrange [-10.566:12.966000000000001]
set ytics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1, '' 12.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.693067,0.782867 center rotate by 90
set xtics mirror
set label '{/:Bold (c)}' at screen 0.739378,0.963333 right offset -1.2,0.9
set label 'forces on Sn' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 41.2 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBEsol.dat' index 4 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Sn-CP2K-PBEsol.dat' index 5 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.072711
set rmargin at screen 0.313333
set bmargin at screen 0.1024
set tmargin at screen 0.463333
unset logscale x
set xrange [-5.227:6.327]
set xtics ('−4' -4.0, '−2' -2.0, '0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '' -5.0 1, '' -3.0 1, '' -1.0 1, '' 1.0 1, '' 3.0 1, '' 5.0 1)
unset logscale y
set yrange [-5.227:6.327]
set ytics ('−4' -4.0, '−2' -2.0, '0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '' -5.0 1, '' -3.0 1, '' -1.0 1, '' 1.0 1, '' 3.0 1, '' 5.0 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.034133,0.282867 center rotate by 90
set xtics mirror
set label '{/:Bold (d)}' at screen 0.072711,0.463333 right offset -1.2,0.9
set label 'forces on P' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 29.3 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBEsol.dat' index 6 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Sn-CP2K-PBEsol.dat' index 7 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.406044
set rmargin at screen 0.646667
set bmargin at screen 0.1024
set tmargin at screen 0.463333
unset logscale x
set xrange [-12.456000000000001:14.256]
set xtics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1, '' 12.5 1)
unset logscale y
set yrange [-12.456000000000001:14.256]
set ytics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1, '' 12.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.359733,0.282867 center rotate by 90
set xtics mirror
set label '{/:Bold (e)}' at screen 0.406044,0.463333 right offset -1.2,0.9
set label 'forces on S' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 23.5 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBEsol.dat' index 8 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Sn-CP2K-PBEsol.dat' index 9 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.739378
set rmargin at screen 0.98
set bmargin at screen 0.1024
set tmargin at screen 0.463333
unset logscale x
set xrange [-0.5788:1.4988]
set xtics ('−0.5' -0.5, '0' 0.0, '0.5' 0.5, '1.0' 1.0, '' -0.25 1, '' 0.25 1, '' 0.75 1, '' 1.25 1)
unset logscale y
set yrange [-0.5788:1.4988]
set ytics ('−0.5' -0.5, '0' 0.0, '0.5' 0.5, '1.0' 1.0, '' -0.25 1, '' 0.25 1, '' 0.75 1, '' 1.25 1)
set xlabel 'DFT virial (eV/atom)' offset 0,0.2
set label 'DP virial (eV/atom)' at screen 0.689067,0.282867 center rotate by 90
set xtics mirror
set label '{/:Bold (f)}' at screen 0.739378,0.463333 right offset -1.2,0.9
set label 'virial' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 6.77 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBEsol.dat' index 10 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Sn-CP2K-PBEsol.dat' index 11 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset multiplot
unset output
}
